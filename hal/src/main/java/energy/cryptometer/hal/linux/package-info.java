/// The few system calls of 64-bit Linux that the board needs and Java does not give: descriptors,
/// `ioctl`, shared memory and local sockets, with `errno` told by name.
@NullMarked
package energy.cryptometer.hal.linux;

import org.jspecify.annotations.NullMarked;

/// The program `cryptometer`: command line, wiring, exit codes. Only here the machine's own clocks,
/// sockets and folders are named.
@NullMarked
package energy.cryptometer.firmware.program;

import org.jspecify.annotations.NullMarked;

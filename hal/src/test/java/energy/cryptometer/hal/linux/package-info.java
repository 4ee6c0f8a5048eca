/// Tests of the system calls, against the kernel this machine runs.
@NullMarked
package energy.cryptometer.hal.linux;

import org.jspecify.annotations.NullMarked;

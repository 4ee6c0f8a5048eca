/// The program behind `scripts/demo`: its command line, its clocks, its exit codes.
@NullMarked
package energy.cryptometer.demo.program;

import org.jspecify.annotations.NullMarked;

/// Programs of this project as processes of this machine: run, killed, and always stopped again.
@NullMarked
package energy.cryptometer.demo.process;

import org.jspecify.annotations.NullMarked;

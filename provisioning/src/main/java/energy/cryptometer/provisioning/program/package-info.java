/// The program `provision`: its command line, what it prints, its exit codes.
@NullMarked
package energy.cryptometer.provisioning.program;

import org.jspecify.annotations.NullMarked;

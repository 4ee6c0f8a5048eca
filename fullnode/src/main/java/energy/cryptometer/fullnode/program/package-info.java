/// The program `community-node`: its commands, its configuration, its exit codes; the only place
/// that opens sockets and files, starts threads and names the machine's clock.
@NullMarked
package energy.cryptometer.fullnode.program;

import org.jspecify.annotations.NullMarked;

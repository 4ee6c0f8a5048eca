/// The node over real sockets and a real store.
@NullMarked
package energy.cryptometer.fullnode.program;

import org.jspecify.annotations.NullMarked;

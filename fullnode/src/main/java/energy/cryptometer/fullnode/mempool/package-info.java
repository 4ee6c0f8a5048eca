/// Transactions that wait for their block: one gap-free piece of chain per meter, checked once, on
/// disk before it is acknowledged.
@NullMarked
package energy.cryptometer.fullnode.mempool;

import org.jspecify.annotations.NullMarked;

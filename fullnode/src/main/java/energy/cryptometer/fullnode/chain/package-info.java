/// The approved chain on disk and in memory: blocks, state leaves at every height, where each
/// transaction stands, and the transactions that wait.
@NullMarked
package energy.cryptometer.fullnode.chain;

import org.jspecify.annotations.NullMarked;

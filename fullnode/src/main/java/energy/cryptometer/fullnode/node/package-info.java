/// The community node without a machine: given a store and a time, it takes transactions, makes a
/// block for every market step, and proves. The program gives it a socket, a thread and a disk; a
/// test or a simulation drives it in its own thread.
@NullMarked
package energy.cryptometer.fullnode.node;

import org.jspecify.annotations.NullMarked;

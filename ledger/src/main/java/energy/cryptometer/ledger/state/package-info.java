/// What the ledger knows after a block: one leaf per meter, participant, virtual power plant and
/// node.
@NullMarked
package energy.cryptometer.ledger.state;

import org.jspecify.annotations.NullMarked;

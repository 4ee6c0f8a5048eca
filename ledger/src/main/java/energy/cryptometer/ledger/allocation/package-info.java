/// Divides the energy of a step among the participants, exactly: where rounding is decided.
@NullMarked
package energy.cryptometer.ledger.allocation;

import org.jspecify.annotations.NullMarked;

/// Dividing the energy of a step among the participants, exactly.
@NullMarked
package energy.cryptometer.ledger.allocation;

import org.jspecify.annotations.NullMarked;

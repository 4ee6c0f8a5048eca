/// Why a transaction or a block is refused, and what follows from one that is not.
@NullMarked
package energy.cryptometer.ledger.rule;

import org.jspecify.annotations.NullMarked;

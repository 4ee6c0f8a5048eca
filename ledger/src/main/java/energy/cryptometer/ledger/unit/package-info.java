/// Numbers with a meaning: energy, pulse constants, market steps, heights, accounts.
@NullMarked
package energy.cryptometer.ledger.unit;

import org.jspecify.annotations.NullMarked;

/// Headers, bodies, votes and certificates.
@NullMarked
package energy.cryptometer.ledger.block;

import org.jspecify.annotations.NullMarked;

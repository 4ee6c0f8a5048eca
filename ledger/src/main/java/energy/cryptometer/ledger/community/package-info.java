/// The genesis of a community: who takes part, how long a step is, which shares the contract gives.
@NullMarked
package energy.cryptometer.ledger.community;

import org.jspecify.annotations.NullMarked;

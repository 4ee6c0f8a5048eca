/// What a light client checks against a header it trusts: that a transaction, a meter's whole run
/// of transactions, or an account's leaf stands in the block. Sizes come from the header, never
/// from the proof alone.
@NullMarked
package energy.cryptometer.ledger.proof;

import org.jspecify.annotations.NullMarked;

/// Every transaction type, its payload, its signed envelope, and the batch that carries one
/// sender's chain.
@NullMarked
package energy.cryptometer.ledger.transaction;

import org.jspecify.annotations.NullMarked;

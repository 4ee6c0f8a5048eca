/// The 32-byte SHA-256 digest as a value.
@NullMarked
package energy.cryptometer.ledger.hash;

import org.jspecify.annotations.NullMarked;

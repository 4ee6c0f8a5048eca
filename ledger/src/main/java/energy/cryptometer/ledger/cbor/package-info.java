/// Deterministic CBOR (RFC 8949, section 4.2.1): a writer that can write nothing else and a reader
/// that accepts nothing else, so that equal values have equal bytes and equal hashes.
@NullMarked
package energy.cryptometer.ledger.cbor;

import org.jspecify.annotations.NullMarked;

/// Keys of meters, nodes and participants, and the one signature they make: ECDSA on P-256 over
/// SHA-256 (ES256 of RFC 9053), in exactly one of its two spellings.
@NullMarked
package energy.cryptometer.ledger.key;

import org.jspecify.annotations.NullMarked;

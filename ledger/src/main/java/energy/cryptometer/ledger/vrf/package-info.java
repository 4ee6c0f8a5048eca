/// The verifiable random function ECVRF-P256-SHA256-TAI of RFC 9381: a number that only the holder
/// of a key can draw, that the holder cannot choose, and that anyone can check.
@NullMarked
package energy.cryptometer.ledger.vrf;

import org.jspecify.annotations.NullMarked;

/// Signed messages: the two COSE structures of RFC 9052 that the community uses, in one profile
/// each. ES256 is the only algorithm; algorithm and key id stand in the protected header; every
/// signature covers external data, by which a message is bound to its community and its purpose.
@NullMarked
package energy.cryptometer.ledger.cose;

import org.jspecify.annotations.NullMarked;

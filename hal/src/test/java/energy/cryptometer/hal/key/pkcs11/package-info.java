/// Tests of the key in a token, with SoftHSM2 as the token.
@NullMarked
package energy.cryptometer.hal.key.pkcs11;

import org.jspecify.annotations.NullMarked;

/// Tests of the signing key; [energy.cryptometer.hal.key.SigningKeyContract] is for every adapter.
@NullMarked
package energy.cryptometer.hal.key;

import org.jspecify.annotations.NullMarked;

/// The signing key in a PKCS#11 token: an own binding to the module through the foreign function
/// interface, because only C_Finalize and C_Initialize bring a lost token back in-process.
@NullMarked
package energy.cryptometer.hal.key.pkcs11;

import org.jspecify.annotations.NullMarked;

/// The meter's signing key: one port, [energy.cryptometer.hal.key.SigningKey], with a hardware
/// token and, for trials only, a password-protected file behind it.
@NullMarked
package energy.cryptometer.hal.key;

import org.jspecify.annotations.NullMarked;

/// The stage that counts: it owns the source of pulses and makes each pulse durable before anything
/// else happens to it.
@NullMarked
package energy.cryptometer.firmware.capture;

import org.jspecify.annotations.NullMarked;

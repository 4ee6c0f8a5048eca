/// The port that every source of pulses implements, whether the pulses come from a contact or from
/// the register of a serial meter. Counts and times only: what a pulse is worth is known elsewhere.
@NullMarked
package energy.cryptometer.hal.pulse;

import org.jspecify.annotations.NullMarked;

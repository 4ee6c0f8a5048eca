/// Measured power as a source of pulses: a CSV profile is replayed, exactly and repeatably, and
/// says of itself that it is a replay. All arithmetic is in integers.
@NullMarked
package energy.cryptometer.firmware.profile;

import org.jspecify.annotations.NullMarked;

package energy.cryptometer.firmware.sign;

import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Duration;

/// What a meter must know to put its pulses into words.
///
/// @param plant the virtual power plant that receives every transfer
/// @param constant pulses per kilowatt-hour of this meter
/// @param status where its pulses come from
/// @param maxPulses most pulses in one transaction: 1, or more where the community and the operator
///   allow bundling under backlog
/// @param patience how long a capture of an unsynchronised clock waits for a better time
public record SigningSettings(
        StepSchedule schedule,
        AccountId plant,
        PulseConstant constant,
        PulseStatus status,
        int maxPulses,
        Duration patience) {
    public SigningSettings {
        if (maxPulses < 1) {
            throw new IllegalArgumentException("max pulses %d is below 1".formatted(maxPulses));
        }
    }
}

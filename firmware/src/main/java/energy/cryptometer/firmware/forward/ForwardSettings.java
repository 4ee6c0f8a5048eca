package energy.cryptometer.firmware.forward;

import java.time.Duration;

/// How a meter hands its transactions over.
///
/// @param batch most transactions in one message, 1 to 500
/// @param linger how long a transaction may wait for others to fill its message, not negative
public record ForwardSettings(int batch, Duration linger) {
    public static final int MAX_BATCH = 500;

    public ForwardSettings {
        if (batch < 1 || batch > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "batch %d is outside 1 to %d".formatted(batch, MAX_BATCH));
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger %s is negative".formatted(linger));
        }
    }
}

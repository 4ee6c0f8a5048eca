package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.unit.ClockQuality;
import java.time.Instant;

/// When something was seen, by a clock of what quality.
///
/// @param at UTC, whole milliseconds, 1970 to 9999
public record Capture(Instant at, ClockQuality quality) {
    /// 9999-12-31T23:59:59.999Z in milliseconds.
    public static final long MAX_MILLIS = 253_402_300_799_999L;

    public Capture {
        if (!at.equals(Instant.ofEpochMilli(at.toEpochMilli())) || at.getEpochSecond() < 0) {
            throw new IllegalArgumentException(
                    "capture time %s is not in whole milliseconds since 1970".formatted(at));
        }
        if (at.toEpochMilli() > MAX_MILLIS) {
            throw new IllegalArgumentException("capture time %s is after 9999".formatted(at));
        }
    }

    public static Capture ofMillis(long epochMillis, ClockQuality quality) {
        return new Capture(Instant.ofEpochMilli(epochMillis), quality);
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    public long epochMillis() {
        return at.toEpochMilli();
    }
}

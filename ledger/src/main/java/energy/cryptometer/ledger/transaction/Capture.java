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
        if (at.getEpochSecond() < 0 || at.getEpochSecond() > MAX_MILLIS / 1000) {
            throw new IllegalArgumentException(
                    "capture time %s is outside 1970 to 9999".formatted(at));
        }
        if (!at.equals(Instant.ofEpochMilli(at.toEpochMilli()))) {
            throw new IllegalArgumentException(
                    "capture time %s is not in whole milliseconds".formatted(at));
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

package energy.cryptometer.ledger.unit;

/// How far the wall time of a measurement can be believed (compare OCMF 1.4, time status).
public enum ClockQuality {
    /// Nothing is known about the clock; it may never have been set.
    UNKNOWN(0),
    /// Set at some time, not disciplined now.
    INFORMATIVE(1),
    /// Disciplined by a time source at that moment.
    SYNCHRONISED(2);

    private final int code;

    ClockQuality(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no quality has this code
    public static ClockQuality ofCode(long code) {
        for (ClockQuality quality : values()) {
            if (quality.code == code) {
                return quality;
            }
        }
        throw new IllegalArgumentException("clock quality %d is outside 0 to 2".formatted(code));
    }
}

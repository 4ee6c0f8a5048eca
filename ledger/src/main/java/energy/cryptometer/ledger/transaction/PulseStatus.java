package energy.cryptometer.ledger.transaction;

/// Where a pulse came from. A verifier sees whether energy was measured or replayed.
public enum PulseStatus {
    /// The contact of an MID meter closed.
    CONTACT(0),
    /// The cumulative register of an MID meter passed a pulse quantum, read over a serial line.
    REGISTER(1),
    /// A recorded profile was replayed: a trial, not a measurement.
    REPLAYED(2);

    private final int code;

    PulseStatus(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no status has this code
    public static PulseStatus ofCode(long code) {
        for (PulseStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("pulse status %d is outside 0 to 2".formatted(code));
    }
}

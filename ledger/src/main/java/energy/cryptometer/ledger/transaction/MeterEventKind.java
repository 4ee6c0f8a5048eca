package energy.cryptometer.ledger.transaction;

/// What happened to a meter. `a` and `b` are the two numbers of the event, `text` its words.
public enum MeterEventKind {
    /// The program started. a: starts so far. text: software name and version.
    BOOT(1),
    /// The kernel or the line lost pulses. a: first lost edge number, b: how many are missing.
    GAP(2),
    /// Wall time was set. a: milliseconds added (two's complement magnitude), b: 1 if set back.
    CLOCK_STEP(3),
    /// The enclosure was opened or closed. a: 1 open, 0 closed.
    TAMPER(4),
    /// The meter's own register. a: milliwatt-hours, b: pulse count at that moment.
    REGISTER_READING(5),
    /// The journal was damaged and set aside. a: rows saved, b: rows lost. text: name of the file.
    STORE_SALVAGED(6),
    /// The meter's register moved in a way no energy explains. a: before, b: after, in mWh.
    REGISTER_JUMP(7),
    /// The serial line was lost. a: milliseconds since the last good reading.
    LINE_LOST(8),
    /// The serial line is back. a: milliseconds it was away.
    LINE_RESTORED(9);

    private final int code;

    MeterEventKind(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no kind has this code
    public static MeterEventKind ofCode(long code) {
        for (MeterEventKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("meter event kind %d is outside 1 to 9".formatted(code));
    }
}

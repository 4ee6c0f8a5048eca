package energy.cryptometer.ledger.transaction;

/// What happened to a meter. `a` and `b` are the two numbers of the event, `text` its words.
public enum MeterEventKind {
    /// The program started. a: starts so far. text: software name and version.
    BOOT(1),
    /// The kernel or the line lost edges. a: number of the first lost edge, b: how many are
    /// missing.
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
    LINE_RESTORED(9),
    /// Nobody listened to the input: what pulsed then is not counted. a: milliseconds since 1970 of
    /// the last moment it was certainly listened to, b: how many milliseconds later it was again.
    /// text: why.
    NOT_LISTENING(10),
    /// Pulses came faster than the meter can give them. a: pulses, b: milliseconds they took. text:
    /// the limit.
    RATE_EXCEEDED(11),
    /// Counted pulses and the meter's own register differ by more than its accuracy class allows,
    /// or do so no more. a: counted since the start, b: growth of the register since then, in mWh.
    /// text: the tolerance.
    REGISTER_DRIFT(12),
    /// The board's supply was too low. a: how often since power-on.
    UNDERVOLTAGE(13);

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
        throw new IllegalArgumentException(
                "meter event kind %d is outside 1 to 13".formatted(code));
    }
}

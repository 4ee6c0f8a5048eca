package energy.cryptometer.ledger.community;

/// Accuracy class of an active energy meter (Directive 2014/32/EU, Annex V).
public enum MidClass {
    A(1),
    B(2),
    C(3);

    private final int code;

    MidClass(int code) {
        this.code = code;
    }

    /// The number that stands for it in a message.
    public int code() {
        return code;
    }

    /// The one with this code.
    ///
    /// @throws IllegalArgumentException if no class has this code
    public static MidClass ofCode(long code) {
        for (MidClass midClass : values()) {
            if (midClass.code == code) {
                return midClass;
            }
        }
        throw new IllegalArgumentException("MID class %d is outside 1 to 3".formatted(code));
    }
}

package energy.cryptometer.hal.panel;

/// What the LED tells, worst first. *Not counting* costs money, *not connected* costs nothing: they
/// must never look alike.
public enum Signal {
    /// Nobody counts, or what is counted cannot be kept.
    NOT_COUNTING,
    /// Counts and keeps, cannot sign.
    KEY_FAULT,
    /// Counts, signs and keeps; no node takes it. Not an error of the meter.
    NOT_CONNECTED,
    /// All is well.
    COUNTING;

    /// The worse of the two.
    public Signal worse(Signal other) {
        return compareTo(other) <= 0 ? this : other;
    }
}

package energy.cryptometer.hal.edge;

/// What one step of a [PulseFilter] found out.
public sealed interface FilterOutcome {
    /// Nothing yet.
    record Nothing() implements FilterOutcome {
        static final Nothing YET = new Nothing();
    }

    /// A pulse.
    ///
    /// @param since when its first edge came
    /// @param decided when its contact had been closed for the minimum width: from this moment on
    ///   nothing could undo it
    record Counted(long since, long decided) implements FilterOutcome {}

    /// A run of edges is over.
    ///
    /// @param activeNanos how long the contact was closed in it, in all
    /// @param accepted whether it was a pulse; then it was [Counted] before
    record Ended(long activeNanos, boolean accepted) implements FilterOutcome {}

    /// The numbers show that `edges` edges from number `first` on never came.
    record Lost(long first, long edges) implements FilterOutcome {}
}

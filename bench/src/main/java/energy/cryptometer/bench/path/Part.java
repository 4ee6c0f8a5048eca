package energy.cryptometer.bench.path;

/// Where a meter's own thread spends its time. What CoAP, the collector and the compilers take in
/// threads of their own is in the process's time only.
enum Part {
    CAPTURE,
    /// The signatures included.
    SIGN,
    /// The key's own time, as a token would take it off the board's processor.
    SIGNATURE,
    FORWARD,
    CONFIRM
}

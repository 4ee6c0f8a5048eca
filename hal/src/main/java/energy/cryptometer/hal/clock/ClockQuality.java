package energy.cryptometer.hal.clock;

/// How far wall time can be trusted, worst first. The names follow the time letters U, I and S of
/// OCMF 1.4.1, so that a reader of signed meter data knows them.
public enum ClockQuality {
    /// The clock was never set since power-on: wall time means nothing.
    UNKNOWN,

    /// The clock was set (by hand, by a battery clock, or once by the network) but nothing
    /// disciplines it.
    INFORMATIVE,

    /// The kernel says a time service disciplines the clock.
    SYNCHRONISED
}

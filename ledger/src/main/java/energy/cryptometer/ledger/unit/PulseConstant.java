package energy.cryptometer.ledger.unit;

/// The constant printed on a meter, in pulses per kilowatt-hour.
///
/// @param pulsesPerKilowattHour 1 to 1,000,000: below one milliwatt-hour a pulse has no exact value
public record PulseConstant(int pulsesPerKilowattHour) {
    /// Largest cumulative pulse count any message may carry: 10^12.
    public static final long MAX_COUNT = 1_000_000_000_000L;

    /// Largest pulse constant: one pulse per milliwatt-hour.
    public static final int MAX = 1_000_000;

    public PulseConstant {
        if (pulsesPerKilowattHour < 1 || pulsesPerKilowattHour > MAX) {
            throw new IllegalArgumentException(
                    "pulse constant %d is outside 1 to %d pulses per kWh"
                            .formatted(pulsesPerKilowattHour, MAX));
        }
    }

    /// The register after `count` pulses: floor(count * 10^6 / constant) mWh. Differences of
    /// registers telescope, so rounding never adds up.
    ///
    /// @param count cumulative pulses since the meter was registered, 0 to [#MAX_COUNT]
    public Energy register(long count) {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "pulse count %d is outside 0 to %d".formatted(count, MAX_COUNT));
        }
        return new Energy(count * 1_000_000L / pulsesPerKilowattHour);
    }

    @Override
    public String toString() {
        return pulsesPerKilowattHour + " imp/kWh";
    }
}

package energy.cryptometer.firmware.profile;

/// Which columns of a CSV file are replayed, by the names in its first line.
///
/// @param power mean power of the interval, in watts
/// @param time end of the interval, ISO 8601 with an offset or `Z`
public record ProfileColumns(String power, String time) {
    /// The usual name of the time column.
    public static final String TIMESTAMP_END = "timestamp_end";

    public ProfileColumns {
        if (power.isBlank() || time.isBlank() || power.equals(time)) {
            throw new IllegalArgumentException(
                    "power column '%s' and time column '%s' must be two names"
                            .formatted(power, time));
        }
    }
}

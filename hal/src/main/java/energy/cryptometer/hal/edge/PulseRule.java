package energy.cryptometer.hal.edge;

import java.time.Duration;

/// What makes a pulse: how long the contact must be closed in all, and how long it must be open for
/// the pulse to be over. Both 1 ms to 1 s.
public record PulseRule(Duration width, Duration pause) {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofSeconds(1);

    /// An S0 output closes for at least 30 ms (IEC 62053-31) and contacts bounce for up to 5 ms: 25
    /// ms remain, and 6 ms open are no bounce.
    public static final PulseRule USUAL =
            new PulseRule(Duration.ofMillis(25), Duration.ofMillis(6));

    public PulseRule {
        check("width", width);
        check("pause", pause);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "minimum pulse "
                            + name
                            + " "
                            + value.toMillis()
                            + " ms is outside "
                            + LEAST.toMillis()
                            + " to "
                            + MOST.toMillis()
                            + " ms");
        }
    }
}

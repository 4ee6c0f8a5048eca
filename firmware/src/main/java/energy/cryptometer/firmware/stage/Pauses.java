package energy.cryptometer.firmware.stage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a stage waits after a failure: the pause doubles from `first` to `longest`, and each
/// one varies by chance between half and one and a half of it, so that many meters do not call at
/// once.
///
/// @param first at least 1 ms
/// @param longest at least `first`
public record Pauses(Duration first, Duration longest) {
    public static final Pauses USUAL = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(30));

    public Pauses {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses from %s to %s are no range".formatted(first, longest));
        }
    }

    Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    static Duration varied(Duration pause, RandomGenerator random) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis + 1));
    }
}

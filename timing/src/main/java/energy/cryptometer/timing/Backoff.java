package energy.cryptometer.timing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses between attempts: each is twice the one before, from `first` to `longest`, and varies by
/// chance between half and one and a half of it, so that many who lost the same thing do not come
/// back at the same moment.
///
/// A value: [#next] gives the back-off after one more failure, [#reset] the one after a success.
///
/// @param first 1 ms or more
/// @param longest `first` or more
/// @param pause the next pause before chance varies it, from `first` to `longest`
public record Backoff(Duration first, Duration longest, Duration pause) {
    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses from %s to %s are no range from 1 ms".formatted(first, longest));
        }
        if (pause.compareTo(first) < 0 || pause.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "pause %s is outside %s to %s".formatted(pause, first, longest));
        }
    }

    /// Before the first failure.
    public static Backoff between(Duration first, Duration longest) {
        return new Backoff(first, longest, first);
    }

    /// After one more failure.
    public Backoff next() {
        Duration doubled = pause.multipliedBy(2);
        return new Backoff(first, longest, doubled.compareTo(longest) < 0 ? doubled : longest);
    }

    /// After a success.
    public Backoff reset() {
        return between(first, longest);
    }

    /// The pause to make now: half to one and a half of [#pause], in whole milliseconds.
    public Duration varied(RandomGenerator chance) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + chance.nextLong(millis + 1));
    }
}

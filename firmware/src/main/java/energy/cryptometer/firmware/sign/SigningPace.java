package energy.cryptometer.firmware.sign;

import energy.cryptometer.timing.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/// Times every signature. One thread signs, any thread may ask: asking never waits for the token.
final class SigningPace {
    private static final int REMEMBERED = 32;

    private final TimeSource time;
    private final Deque<Long> durations = new ArrayDeque<>();
    private boolean signing;
    private long startedAt;

    SigningPace(TimeSource time) {
        this.time = time;
    }

    /// Makes a signature. One that fails is no measure of the pace.
    <T> T measured(Supplier<T> signature) {
        begin();
        boolean done = false;
        try {
            T made = signature.get();
            done = true;
            return made;
        } finally {
            end(done);
        }
    }

    private synchronized void begin() {
        startedAt = time.nanoTime();
        signing = true;
    }

    private synchronized void end(boolean done) {
        signing = false;
        if (!done) {
            return;
        }
        if (durations.size() == REMEMBERED) {
            durations.removeFirst();
        }
        durations.addLast(time.nanoTime() - startedAt);
    }

    synchronized Optional<Duration> underWay() {
        return signing ? Optional.of(time.since(startedAt)) : Optional.empty();
    }

    synchronized Optional<Duration> last() {
        return Optional.ofNullable(durations.peekLast()).map(Duration::ofNanos);
    }

    /// Signatures per second, to a tenth.
    synchronized BigDecimal perSecond() {
        long nanos = durations.stream().mapToLong(Long::longValue).sum();
        return nanos == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(durations.size() * 1_000_000_000L)
                        .divide(BigDecimal.valueOf(nanos), 1, RoundingMode.HALF_UP);
    }
}

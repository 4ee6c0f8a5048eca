package energy.cryptometer.ledger.unit;

import java.time.Duration;
import java.time.Instant;

/// When market steps begin and end, and when their blocks are due. Everybody computes the same
/// answer from the genesis; nobody stores a block's time.
///
/// @param origin start of step 0, a whole multiple of `length` since 1970-01-01T00:00:00Z, at most
///   9999-12-31T23:59:59Z
/// @param length of one market step: whole seconds, 1 s to 1 day; 15 min in operation
/// @param collect after the end of a step, how long meters deliver its last pulses and transfers
/// @param propose after the end of a step, when its block is proposed; later than `collect`
public record StepSchedule(Instant origin, Duration length, Duration collect, Duration propose) {
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    /// 9999-12-31T23:59:59Z in seconds.
    public static final long MAX_ORIGIN_SECONDS = 253_402_300_799L;

    public StepSchedule {
        requireWholeSeconds("step length", length);
        requireWholeSeconds("collect time", collect);
        requireWholeSeconds("propose time", propose);
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(MAX_LENGTH) > 0) {
            throw new IllegalArgumentException(
                    "step length %d s is outside 1 to 86400 s".formatted(length.toSeconds()));
        }
        if (collect.isNegative()
                || collect.compareTo(propose) >= 0
                || propose.compareTo(length) >= 0) {
            throw new IllegalArgumentException(
                    "collect %d s < propose %d s < step length %d s does not hold"
                            .formatted(
                                    collect.toSeconds(), propose.toSeconds(), length.toSeconds()));
        }
        if (!origin.equals(Instant.ofEpochSecond(origin.getEpochSecond()))
                || origin.getEpochSecond() < 0
                || origin.getEpochSecond() > MAX_ORIGIN_SECONDS
                || origin.getEpochSecond() % length.toSeconds() != 0) {
            throw new IllegalArgumentException(
                    "origin %s is not a multiple of the step length %d s between 1970 and 9999"
                            .formatted(origin, length.toSeconds()));
        }
    }

    private static void requireWholeSeconds(String what, Duration duration) {
        if (!duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
            throw new IllegalArgumentException(what + " " + duration + " is not in whole seconds");
        }
    }

    /// Whether the instant lies in any step at all.
    public boolean covers(Instant instant) {
        return !instant.isBefore(origin)
                && Duration.between(origin, instant).toSeconds() / length.toSeconds()
                        <= MarketStep.MAX_INDEX;
    }

    /// The step an instant belongs to.
    ///
    /// @throws IllegalArgumentException if the instant is before the origin
    public MarketStep stepAt(Instant instant) {
        if (!covers(instant)) {
            throw new IllegalArgumentException(
                    "%s is outside the steps that begin at %s".formatted(instant, origin));
        }
        return new MarketStep(Duration.between(origin, instant).toSeconds() / length.toSeconds());
    }

    public Instant start(MarketStep step) {
        return origin.plusSeconds(step.index() * length.toSeconds());
    }

    /// The first instant that no longer belongs to the step.
    public Instant end(MarketStep step) {
        return start(step).plus(length);
    }

    /// The time of a block: the end of the step it closes; the origin for the genesis.
    public Instant time(Height height) {
        return origin.plusSeconds(height.value() * length.toSeconds());
    }

    /// The highest block whose step has ended at `now`; the genesis before the first step's end.
    public Height heightAt(Instant now) {
        return now.isBefore(origin) ? Height.GENESIS : new Height(stepAt(now).index());
    }
}

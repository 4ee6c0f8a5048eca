package energy.cryptometer.lightclient.verify;

import java.time.Duration;
import java.util.Optional;

/// How patient a light client is.
///
/// @param drift how far a block's time may lie ahead of the client's clock, 0 s to 1 h
/// @param graceSteps how many market steps the newest header may lag behind the clock, 0 to 10,000;
///   a block appears some seconds after the end of its step, so 0 calls a good chain stale in
///   between
/// @param trustingPeriod age at which a stored anchor is no longer trusted; none under rules of
///   version 1, whose node set cannot change, so that an old certificate says as much as a new one
public record Policy(Duration drift, int graceSteps, Optional<Duration> trustingPeriod) {
    /// 10 s of drift, one step of grace, no end of trust.
    public static final Policy USUAL = new Policy(Duration.ofSeconds(10), 1, Optional.empty());

    public Policy {
        if (drift.isNegative() || drift.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "clock drift %d s is outside 0 to 3600 s".formatted(drift.toSeconds()));
        }
        if (graceSteps < 0 || graceSteps > 10_000) {
            throw new IllegalArgumentException(
                    "grace of %d steps is outside 0 to 10000".formatted(graceSteps));
        }
        if (trustingPeriod.filter(period -> !period.isPositive()).isPresent()) {
            throw new IllegalArgumentException("trusting period is not positive");
        }
    }

    /// The same with another end of trust.
    public Policy trusting(Duration period) {
        return new Policy(drift, graceSteps, Optional.of(period));
    }
}

package energy.cryptometer.hal.meter.polling;

import java.time.Duration;

/// When to ask next: at the interval while all is well, then ever slower, at most every half minute
/// (or the interval, if that is longer), so that a dead meter does not occupy a shared line.
public record PollSchedule(Duration interval, int failures) {
    public static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 16;

    public PollSchedule {
        if (interval.isNegative()
                || interval.isZero()
                || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "poll interval " + interval + " is outside 1 ns to 1 h; one second is usual");
        }
    }

    public PollSchedule succeeded() {
        return new PollSchedule(interval, 0);
    }

    public PollSchedule failed() {
        return new PollSchedule(interval, failures + 1);
    }

    public Duration untilNext() {
        Duration slowed = interval.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration longest = interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
        return slowed.compareTo(longest) > 0 ? longest : slowed;
    }
}

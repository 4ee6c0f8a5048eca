package energy.cryptometer.hal.meter;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.LineStatistics.Counted;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Virtual pulses from the total register of an MID meter on a Modbus line.
///
/// The meter itself counts, so nothing is lost while the line, the adapter or this program is down:
/// the next reading shows it all. A restart goes on from the stored [SourceState]; what was given
/// but not stored is given again with the same counts.
///
/// The port is not closed with the source: other meters may be on it.
public final class ModbusMeterSource implements PulseSource {
    /// So many polls in a row must fail before the meter counts as lost.
    static final int FAILED_POLLS_UNTIL_LOST = 3;

    private final MeterOnBus meter;
    private final RegisterPort port;
    private final BoardClock clock;
    private final LineStatistics statistics = new LineStatistics();
    private final MeterReader reader;
    private final RegisterFollower follower;
    private final CountDownLatch closed = new CountDownLatch(1);
    private PollSchedule schedule;
    private long nextPollNanos = System.nanoTime();
    private boolean lost;
    private long acknowledged;
    private volatile SourceHealth health;

    private ModbusMeterSource(
            MeterOnBus meter,
            RegisterPort port,
            BoardClock clock,
            SourceState state,
            Duration pollInterval) {
        this.meter = meter;
        this.port = port;
        this.clock = clock;
        reader = new MeterReader(meter, port, clock, statistics);
        follower = new RegisterFollower(meter.rating(), state);
        schedule = new PollSchedule(pollInterval, 0);
        acknowledged = state.count();
        health =
                new SourceHealth(Condition.DOUBTFUL, "meter was not read yet", statistics.byName());
    }

    /// Goes on after `state`. Touches neither port nor meter before the first [#await]. One second
    /// is a good poll interval: it bounds how late a pulse is stamped.
    public static ModbusMeterSource open(
            MeterOnBus meter,
            RegisterPort port,
            BoardClock clock,
            SourceState state,
            Duration pollInterval) {
        return new ModbusMeterSource(meter, port, clock, state, pollInterval);
    }

    /// Polls at least once where a poll is due, however short the timeout.
    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        pollIfDue();
        while (!follower.hasNext()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return new SourceBatch(List.of(), follower.given());
            }
            long pause = Math.min(nextPollNanos - System.nanoTime(), left);
            closed.await(Math.max(pause, 0), TimeUnit.NANOSECONDS);
            pollIfDue();
        }
        return follower.next();
    }

    private void pollIfDue() throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new IllegalStateException(description() + " is closed; open it again");
        }
        if (!follower.hasNext() && System.nanoTime() - nextPollNanos >= 0) {
            poll();
        }
    }

    private void poll() throws InterruptedException {
        long started = System.nanoTime();
        switch (reader.read()) {
            case MeterReader.Result.Value(VirtualPulses.Reading reading) -> took(reading);
            case MeterReader.Result.Failed(String reason) -> failed(reason);
        }
        nextPollNanos = started + schedule.untilNext().toNanos();
    }

    private void took(VirtualPulses.Reading reading) {
        schedule = schedule.succeeded();
        if (lost) {
            lost = false;
            follower.happens(new SourceEvent.LineRestored(reading.at()));
        }
        Optional<String> doubt = follower.take(reading);
        doubt.ifPresent(_ -> statistics.count(Counted.SUSPECT_READINGS));
        Optional<String> remark = doubt.or(() -> tooCoarse(reading));
        say(
                remark.isPresent() ? Condition.DOUBTFUL : Condition.GOOD,
                remark.orElse("counts, register at " + reading.milliwattHours() + " mWh"));
    }

    private Optional<String> tooCoarse(VirtualPulses.Reading reading) {
        long quantum = meter.rating().quantum();
        return reading.resolution() <= quantum
                ? Optional.empty()
                : Optional.of(
                        "register moves in steps of "
                                + reading.resolution()
                                + " mWh, a pulse is "
                                + quantum
                                + " mWh: pulses come in bursts, choose a smaller pulse constant");
    }

    private void failed(String reason) {
        schedule = schedule.failed();
        if (!lost && schedule.failures() >= FAILED_POLLS_UNTIL_LOST) {
            lost = true;
            follower.happens(new SourceEvent.LineLost(clock.read(), reason));
        }
        say(lost ? Condition.LOST : Condition.DOUBTFUL, reason);
    }

    private void say(Condition condition, String line) {
        health = new SourceHealth(condition, line, statistics.byName());
    }

    @Override
    public void acknowledge(long count) {
        PulseSource.checkAcknowledged(count, acknowledged, follower.given().count());
        acknowledged = count;
    }

    @Override
    public String description() {
        return meter.model().manufacturer()
                + " "
                + meter.model().model()
                + " unit "
                + meter.unitId()
                + " on "
                + port.description();
    }

    @Override
    public SourceHealth health() {
        return health;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

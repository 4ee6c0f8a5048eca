package energy.cryptometer.hal.meter.counting;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.PollCounters;
import energy.cryptometer.hal.meter.polling.PollCounters.Counted;
import energy.cryptometer.hal.meter.polling.PollSchedule;
import energy.cryptometer.hal.meter.polling.RegisterReader;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceState;
import java.lang.System.Logger.Level;
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
/// The source closes its port. Where other meters are on the line, the port is a [SharedLine].
/// Whenever its health changes, one line is logged.
public final class ModbusMeterSource implements PulseSource {
    /// So many polls in a row must fail before the meter counts as lost.
    static final int FAILED_POLLS_UNTIL_LOST = 3;

    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final int POLLS_PER_COMPARISON = 10;

    private final MeterOnBus meter;
    private final ModbusClient port;
    private final BoardClock clock;
    private final PollCounters statistics = new PollCounters();
    private final RegisterReader reader;
    private final RegisterReader otherTotal;
    private final DirectionCheck direction;
    private final RegisterFollower follower;
    private final CountDownLatch closed = new CountDownLatch(1);
    private PollSchedule schedule;
    private long nextPollNanos = System.nanoTime();
    private long nextComparisonNanos = System.nanoTime();
    private boolean lost;
    private boolean told;
    private long acknowledged;
    private volatile SourceHealth health;

    private ModbusMeterSource(
            MeterOnBus meter,
            ModbusClient port,
            BoardClock clock,
            SourceState state,
            Duration pollInterval) {
        this.meter = meter;
        this.port = port;
        this.clock = clock;
        reader = new RegisterReader(meter, port, clock, statistics);
        otherTotal = new RegisterReader(meter.opposite(), port, clock, new PollCounters());
        direction = new DirectionCheck(meter);
        follower = new RegisterFollower(meter.rating(), state);
        schedule = new PollSchedule(pollInterval, 0);
        acknowledged = state.count();
        health =
                new SourceHealth(
                        Condition.DOUBTFUL, "meter was not read yet", statistics.byName(0));
    }

    /// Goes on after `state`. Touches neither port nor meter before the first [#await]. One second
    /// is a good poll interval: it bounds how late a pulse is stamped.
    public static ModbusMeterSource open(
            MeterOnBus meter,
            ModbusClient port,
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
            case RegisterReader.Result.Value(RegisterReading reading) -> took(reading);
            case RegisterReader.Result.Failed(String reason) -> failed(reason);
        }
        nextPollNanos = started + schedule.untilNext().toNanos();
    }

    private void took(RegisterReading reading) throws InterruptedException {
        schedule = schedule.succeeded();
        if (lost) {
            lost = false;
            follower.happens(new SourceEvent.LineRestored(reading.at()));
        }
        Optional<String> doubt = follower.take(reading);
        doubt.ifPresent(_ -> statistics.count(Counted.SUSPECT_READINGS));
        compareTotals(reading);
        Optional<String> remark = doubt.or(direction::doubt).or(() -> tooCoarse(reading));
        say(
                remark.isPresent() ? Condition.DOUBTFUL : Condition.GOOD,
                remark.orElse("counts, register at " + reading.milliwattHours() + " mWh"));
    }

    /// Reads the other total now and then, for as long as the counted one stands.
    private void compareTotals(RegisterReading reading) throws InterruptedException {
        if (!direction.wantsOther(reading.milliwattHours())
                || System.nanoTime() - nextComparisonNanos < 0) {
            return;
        }
        nextComparisonNanos =
                System.nanoTime() + POLLS_PER_COMPARISON * schedule.untilNext().toNanos();
        if (otherTotal.read() instanceof RegisterReader.Result.Value(RegisterReading other)) {
            direction.other(other);
        }
    }

    private Optional<String> tooCoarse(RegisterReading reading) {
        long quantum = meter.rating().quantum();
        return reading.resolution() <= quantum
                ? Optional.empty()
                : Optional.of(
                        "register stands at "
                                + reading.milliwattHours()
                                + " mWh and moves in steps of "
                                + reading.resolution()
                                + " mWh, a pulse is "
                                + quantum
                                + " mWh: pulses come in bursts, none is lost; choose a smaller pulse"
                                + " constant or the meter's pulse output");
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
        boolean changed = health.condition() != condition || !told;
        health = new SourceHealth(condition, line, statistics.byName(port.echoes()));
        if (changed) {
            told = true;
            LOG.log(
                    condition == Condition.GOOD ? Level.INFO : Level.WARNING,
                    "{0}: {1}",
                    description(),
                    line);
        }
    }

    @Override
    public void acknowledge(long count) {
        PulseSource.checkAcknowledged(count, acknowledged, follower.given().count());
        acknowledged = count;
    }

    @Override
    public String description() {
        return meter.description() + " on " + port.description();
    }

    @Override
    public SourceHealth health() {
        return health;
    }

    @Override
    public void close() {
        closed.countDown();
        port.close();
    }
}

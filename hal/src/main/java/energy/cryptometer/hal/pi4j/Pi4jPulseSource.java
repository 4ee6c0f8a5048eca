package energy.cryptometer.hal.pi4j;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.PulseFilter;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.pulse.SourceState.EdgeMark;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The pulse output of a meter at a digital input of Pi4J: for boards and line drivers that only
/// Pi4J reaches. It counts by the same filter as [energy.cryptometer.hal.gpio.GpioPulseSource], and
/// is the weaker of the two:
///
/// - Pi4J passes no time on: an edge is dated when this program hears of it, and while the program
///   stands still (a garbage collection, a busy board) edges come late and close together.
/// - Pi4J passes no numbers on: edges that were dropped below it are not missed by anybody.
/// - Nothing outlives the program: what pulses while it is down is lost, and so is what it had not
///   stored. Each start says since when nobody listened.
public final class Pi4jPulseSource implements PulseSource {
    /// Longer than this no S0 pulse is; see [energy.cryptometer.hal.gpio.GpioPulseSource].
    static final Duration STUCK = Duration.ofSeconds(5);

    private static final Duration UNDECIDED = Duration.ofMillis(10);
    private static final int MOST_ITEMS_OF_AN_EDGE = 3;
    private static final int EDGES_OF_A_BATCH = SourceBatch.MOST_ITEMS / MOST_ITEMS_OF_AN_EDGE - 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GpioInput line;
    private final DigitalInput input;
    private final BoardClock clock;
    private final EdgeQueue queue;
    private final Pi4jPulseCounter counting;
    private final long request = RANDOM.nextLong() >>> 1;
    private List<SourceItem> first;
    private BoardClock.Reading lastListened;
    private long acknowledged;
    private boolean lossTold;
    private boolean closed;

    private Pi4jPulseSource(
            GpioInput line, DigitalInput input, BoardClock clock, SourceState state) {
        this.line = line;
        this.input = input;
        this.clock = clock;
        lastListened = clock.read();
        queue = new EdgeQueue(clock, EdgeQueue.MOST);
        counting = new Pi4jPulseCounter(line, state.count());
        acknowledged = state.count();
        first = missed(state, lastListened);
    }

    /// Opens the line and listens from now on.
    ///
    /// @throws Pi4jException where the line cannot be had
    public static Pi4jPulseSource open(
            Pi4jBoard board, GpioInput line, BoardClock clock, SourceState state) {
        PinSettings pin = new PinSettings(line.chip(), line.line(), line.activeLow());
        DigitalInput input = board.input(pin, pull(line.bias()));
        Pi4jPulseSource source = new Pi4jPulseSource(line, input, clock, state);
        DigitalState active = DigitalState.getState(!line.activeLow());
        DigitalInput _ = input.addListener(event -> source.queue.changed(event.state() == active));
        return source;
    }

    /// Pi4J has no word for leaving a line as it is.
    private static PullResistance pull(GpioInput.Bias bias) {
        return switch (bias) {
            case AS_IS, DISABLED -> PullResistance.OFF;
            case PULL_UP -> PullResistance.PULL_UP;
            case PULL_DOWN -> PullResistance.PULL_DOWN;
        };
    }

    private static List<SourceItem> missed(SourceState state, BoardClock.Reading until) {
        return state.edges().stream()
                .<SourceItem>map(mark ->
                        new SourceEvent.NotListening(
                                until,
                                mark.at(),
                                mark.at().bootId().equals(until.bootId())
                                        ? "the program was not running"
                                        : "power was off"))
                .toList();
    }

    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            SourceBatch batch = next();
            long left = deadline - System.nanoTime();
            if (!batch.isEmpty() || left <= 0) {
                return batch;
            }
            queue.await(Duration.ofNanos(Math.min(left, longestWait().toNanos())));
        }
    }

    /// Time alone decides that a contact is closed for long enough, or open again.
    private synchronized Duration longestWait() {
        return counting.filter().phase() == PulseFilter.Phase.OPEN
                ? UNDECIDED
                : Duration.ofSeconds(1);
    }

    private synchronized SourceBatch next() {
        if (closed) {
            throw new IllegalStateException("the input at " + where() + " is closed");
        }
        List<SourceItem> items = new ArrayList<>(first);
        first = List.of();
        boolean lost = isLost();
        EdgeQueue.Taken taken = queue.take(EDGES_OF_A_BATCH);
        items.addAll(counting.fold(taken));
        if (!lost) {
            lastListened = taken.now();
        } else if (!lossTold && items.isEmpty()) { // first all that was told before
            lossTold = true;
            items.add(new SourceEvent.LineLost(taken.now(), "Pi4J does not know its state"));
        }
        EdgeMark mark = new EdgeMark(request, counting.filter().settled(), lastListened);
        return new SourceBatch(
                items, new SourceState(counting.count(), Optional.empty(), Optional.of(mark)));
    }

    private boolean isLost() {
        return input.state() == DigitalState.UNKNOWN;
    }

    @Override
    public synchronized void acknowledge(long count) {
        PulseSource.checkAcknowledged(count, acknowledged, counting.count());
        acknowledged = count;
        counting.durable(count, clock.read().bootNanos());
    }

    private String where() {
        return "line " + line.line() + " of " + line.chip();
    }

    @Override
    public String description() {
        return "pulse contact at "
                + where()
                + " through Pi4J: no kernel times, no edge numbers, nothing survives a restart";
    }

    @Override
    public synchronized SourceHealth health() {
        if (closed || isLost()) {
            return say(SourceHealth.Condition.LOST, where() + " is not read; look at the chip");
        }
        BoardClock.Reading now = clock.read();
        OptionalLong since = counting.filter().closedSince();
        if (since.isPresent() && now.bootNanos() - since.getAsLong() > STUCK.toNanos()) {
            return say(
                    SourceHealth.Condition.DOUBTFUL,
                    "%s is active since %s: is a wire loose or active_low wrong?"
                            .formatted(
                                    where(),
                                    now.wall().minusNanos(now.bootNanos() - since.getAsLong())));
        }
        return say(
                SourceHealth.Condition.GOOD,
                where()
                        + " counts through Pi4J; lost edges go unseen and a restart loses pulses:"
                        + " type \"gpio\" does neither");
    }

    private SourceHealth say(SourceHealth.Condition condition, String text) {
        return new SourceHealth(condition, text, counting.byName());
    }

    @Override
    public boolean hasEnded() {
        return isLost();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            input.close();
        } catch (Pi4JException _) {
            // gone already: the board was closed, or the chip is away
        }
    }
}

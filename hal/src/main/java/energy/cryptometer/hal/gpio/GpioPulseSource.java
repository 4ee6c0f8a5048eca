package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.edge.RateMonitor;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.systemd.Systemd;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The pulse output of a meter on a GPIO line.
///
/// Every edge is dated and numbered by the kernel, filtered
/// ([energy.cryptometer.hal.edge.PulseFilter]) and dealt with exactly once: the line and the ring
/// of edges stay with the service manager while the program is down, and the next process goes on
/// after the edge that the journal names. What nobody listened to, or the kernel had to drop, comes
/// as an event.
///
/// Debouncing in the kernel is not used: it would change the times of edges, hide the noise that
/// [SourceHealth] shows, and has no rule for pauses.
public final class GpioPulseSource implements PulseSource {
    /// A contact closed for longer than this wants looking at: no S0 pulse is longer than a second.
    static final Duration STUCK = Duration.ofSeconds(5);

    private final GpioInput input;
    private final InputStore store;
    private final EventClock clock;
    private final OpenedLine listening;
    private final InputCounters counters = new InputCounters();
    private final PulseCounter folder;
    private final EdgeReader reader;
    private final Semaphore news = new Semaphore(0);
    private boolean lossTold;
    private boolean closed;
    private volatile boolean closedFromTheStart;
    private volatile OptionalLong closedSince = OptionalLong.empty();

    private GpioPulseSource(
            GpioInput input,
            InputStore store,
            OpenedLine listening,
            EventClock clock,
            SourceState state) {
        this.input = input;
        this.store = store;
        this.clock = clock;
        this.listening = listening;
        folder =
                new PulseCounter(
                        listening,
                        state.count(),
                        clock,
                        List.of(
                                RateMonitor.ofS0(),
                                RateMonitor.ofRatedPower(input.pulsesPerHour())),
                        counters);
        reader =
                new EdgeReader(
                        listening.line(), listening.ring(), clock::nanos, this::somethingNew);
    }

    /// Requests the line, or takes it over from the process before, and listens from now on.
    ///
    /// @param manager what it holds under the names `gpio-...` of this input is taken from it
    /// @throws GpioException where the line cannot be had: what was wanted, what there is, what to
    ///   do
    public static GpioPulseSource open(
            GpioInput input, Systemd manager, BoardClock clock, SourceState state) {
        SystemdInputStore store = new SystemdInputStore(manager, input.name());
        return open(
                input,
                () -> {
                    LineRequest line = GpioChips.OF_KERNEL.request(input);
                    store.holdAtBoot(GpioChips.OF_KERNEL.plan(input));
                    return line;
                },
                store,
                EventClock.ofKernel(clock),
                state);
    }

    static GpioPulseSource open(
            GpioInput input,
            OpenedLine.Lines lines,
            InputStore store,
            EventClock clock,
            SourceState state) {
        OpenedLine listening =
                OpenedLine.open(
                        new OpenedLine.Wanted(
                                lines, store, input.label(), input.rule(), EdgeRing.SLOTS),
                        clock,
                        state);
        GpioPulseSource source = new GpioPulseSource(input, store, listening, clock, state);
        source.reader.start();
        return source;
    }

    /// Lets the service manager close what it keeps of this input, so that somebody else can open
    /// the line. Edges that wait there are lost.
    public static void letGo(GpioInput input, Systemd manager) {
        SystemdInputStore kept = new SystemdInputStore(manager, input.name());
        kept.take().ifPresent(InputStore.Left::close);
        kept.forget();
        kept.leaveAloneAtBoot();
    }

    /// Lets the service manager close what it keeps of inputs that were not opened since the start.
    /// Call it when every configured input is open.
    public static void forgetOtherInputs(Systemd manager) {
        SystemdInputStore.forgetOthers(manager);
    }

    private void somethingNew() {
        news.drainPermits();
        news.release();
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
            boolean _ = news.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized SourceBatch next() {
        if (closed) {
            throw new IllegalStateException("the input at " + input.where() + " is closed");
        }
        boolean lost = reader.failure().isPresent();
        SourceBatch batch = folder.fold(reader.quiet(), !lost);
        closedSince = folder.filter().closedSince();
        boolean noEdgeYet = folder.filter().lastSequence() == 0;
        closedFromTheStart =
                noEdgeYet && !lost && listening.line().closedNow().orElse(Boolean.FALSE);
        if (lost && !lossTold && batch.isEmpty()) { // first all that was read before
            lossTold = true;
            SourceEvent loss =
                    new SourceEvent.LineLost(
                            clock.now().reading(), reader.failure().orElse("unknown"));
            return new SourceBatch(List.of(loss), batch.stateAfter());
        }
        return batch;
    }

    @Override
    public synchronized void acknowledge(long count) {
        folder.acknowledge(count);
    }

    @Override
    public String description() {
        return "pulse contact at " + input.label();
    }

    @Override
    public SourceHealth health() {
        if (reader.failure().isPresent()) {
            return say(
                    SourceHealth.Condition.LOST,
                    "%s cannot be read: %s; look at the chip"
                            .formatted(input.where(), reader.failure().get()));
        }
        if (reader.isFull()) {
            return say(
                    SourceHealth.Condition.DOUBTFUL,
                    "%d edges of %s wait for the journal and there is room for no more"
                            .formatted(EdgeRing.SLOTS - 1, input.where()));
        }
        OptionalLong since = closedSince;
        if (since.isPresent() && clock.nanos() - since.getAsLong() > STUCK.toNanos()) {
            return say(
                    SourceHealth.Condition.DOUBTFUL,
                    "%s is active since %s: is a wire loose or active_low wrong?"
                            .formatted(input.where(), clock.now().at(since.getAsLong()).wall()));
        }
        if (closedFromTheStart) {
            return say(
                    SourceHealth.Condition.DOUBTFUL,
                    "%s is active since the start: is a wire loose or active_low wrong?"
                            .formatted(input.where()));
        }
        if (store.problem().isPresent()) {
            return say(
                    SourceHealth.Condition.DOUBTFUL,
                    "%s counts, edges may not survive a restart: %s"
                            .formatted(input.where(), store.problem().get()));
        }
        return say(
                SourceHealth.Condition.GOOD,
                input.where()
                        + (store.survives()
                                ? " counts"
                                : " counts; without a service manager edges are lost on a restart"));
    }

    private SourceHealth say(SourceHealth.Condition condition, String line) {
        return new SourceHealth(condition, line, counters.byName());
    }

    @Override
    public boolean hasEnded() {
        return reader.failure().isPresent();
    }

    /// Stops listening in this process. Where a service manager keeps the line, the kernel goes on.
    @Override
    public void close() {
        reader.close();
        synchronized (this) {
            closed = true;
            listening.line().close();
            listening.ring().close();
        }
    }
}

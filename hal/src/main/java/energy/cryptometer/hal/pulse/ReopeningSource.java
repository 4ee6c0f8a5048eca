package energy.cryptometer.hal.pulse;

import energy.cryptometer.hal.clock.BoardClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A source that is opened again and again: when it cannot be had yet, and when it has ended
/// ([PulseSource#hasEnded]). So an input that is missing, taken or pulled out ends nothing, and
/// counts again when it is back.
///
/// One that has ended first gives all it has left, and everything given must be acknowledged before
/// the next one is opened: it goes on from a state that is durable, and nothing is given twice. The
/// loss and the return come as [SourceEvent.LineLost] and [SourceEvent.LineRestored], and as one
/// line each for a person. Since when nobody listened is told by the source that is opened.
public final class ReopeningSource implements PulseSource {
    private final Input input;
    private final BoardClock clock;
    private final Consumer<String> report;
    private final Pauses pauses;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<SourceItem> toTell = new ArrayList<>();
    private volatile @Nullable PulseSource source;
    private volatile SourceHealth away;
    private SourceState state;
    private long acknowledged;
    private boolean unacknowledged;
    private boolean lossSaid;
    private boolean lossTold;
    private boolean wasAway;
    private Duration pause;
    private long openedNanos = System.nanoTime();
    private long nextTryNanos = System.nanoTime();

    /// What is opened.
    ///
    /// @param where kind and place, in a few words
    /// @param opener gives a source that goes on after a state; throws what its user may read where
    ///   there is none now. Takes a bounded time: nothing is counted meanwhile
    public record Input(String where, Function<SourceState, PulseSource> opener) {}

    /// How long to wait before the next try: doubles from `first` to `longest`, and each pause is
    /// cut by chance by up to a half, so that many inputs are not opened at once. It begins anew
    /// after a source that lived for `longest`.
    ///
    /// @param first more than nothing
    /// @param longest at least `first`
    public record Pauses(Duration first, Duration longest) {
        public static final Pauses USUAL =
                new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30));

        public Pauses {
            if (!first.isPositive() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "pauses from %s to %s are no range".formatted(first, longest));
            }
        }

        Duration after(Duration pause) {
            Duration doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }

        static long varied(Duration pause) {
            long nanos = pause.toNanos();
            return nanos - ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
        }
    }

    private ReopeningSource(
            Input input,
            SourceState state,
            BoardClock clock,
            Consumer<String> report,
            Pauses pauses) {
        this.input = input;
        this.state = state;
        this.clock = clock;
        this.report = report;
        this.pauses = pauses;
        pause = pauses.first();
        acknowledged = state.count();
        away = lost("was not opened yet", Map.of());
    }

    /// Tries to open the source once, now; what comes of it is told by [#health].
    ///
    /// @param state the state that was stored last
    /// @param report takes one line for a person when the source is lost and one when it is back
    public static ReopeningSource open(
            Input input, SourceState state, BoardClock clock, Consumer<String> report) {
        return open(input, state, clock, report, Pauses.USUAL);
    }

    /// The same with other pauses.
    public static ReopeningSource open(
            Input input,
            SourceState state,
            BoardClock clock,
            Consumer<String> report,
            Pauses pauses) {
        ReopeningSource source = new ReopeningSource(input, state, clock, report, pauses);
        source.tryToOpen();
        return source;
    }

    /// Takes longer than `timeout` by what opening and closing the source take, at most once each.
    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (closed.getCount() == 0) {
                throw new IllegalStateException(description() + " is closed; open it again");
            }
            long left = Math.max(0, deadline - System.nanoTime());
            PulseSource open = source;
            SourceBatch batch = open == null ? whileAway(left) : from(open, left);
            if (!batch.isEmpty() || deadline - System.nanoTime() <= 0) {
                return batch;
            }
        }
    }

    private SourceBatch from(PulseSource open, long leftNanos) throws InterruptedException {
        if (!toTell.isEmpty()) {
            return tellOwn();
        }
        boolean ended = open.hasEnded(); // asked first: all that comes afterwards is its last
        SourceBatch batch = open.await(ended ? Duration.ZERO : Duration.ofNanos(leftNanos));
        if (!batch.isEmpty()) {
            return given(new SourceBatch(told(batch.items()), batch.stateAfter()));
        }
        state = batch.stateAfter();
        if (ended && unacknowledged) {
            pause(leftNanos);
        } else if (ended) {
            giveUp(open);
        }
        return batch;
    }

    private SourceBatch whileAway(long leftNanos) throws InterruptedException {
        if (!toTell.isEmpty()) {
            return tellOwn();
        }
        long untilTry = nextTryNanos - System.nanoTime();
        pause(Math.min(untilTry, leftNanos));
        if (untilTry <= leftNanos && closed.getCount() > 0) {
            tryToOpen();
        }
        return new SourceBatch(List.of(), state);
    }

    /// Ends early when the source is closed.
    private void pause(long nanos) throws InterruptedException {
        boolean _ = closed.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private SourceBatch tellOwn() {
        SourceBatch batch = new SourceBatch(toTell, state);
        toTell.clear();
        return given(batch);
    }

    private SourceBatch given(SourceBatch batch) {
        state = batch.stateAfter();
        unacknowledged = true;
        return batch;
    }

    /// The same items, but for why nobody listened: the source knows only of other programs.
    private List<SourceItem> told(List<SourceItem> items) {
        List<SourceItem> told = new ArrayList<>();
        for (SourceItem item : items) {
            switch (item) {
                case SourceEvent.NotListening(var at, var since, var _)
                        when wasAway && at.bootId().equals(since.bootId()) ->
                        told.add(new SourceEvent.NotListening(at, since, "the input was away"));
                default -> told.add(item);
            }
            lossTold =
                    item instanceof SourceEvent.LineLost
                            || (lossTold && !(item instanceof SourceEvent.LineRestored));
        }
        return told;
    }

    private void giveUp(PulseSource ended) {
        SourceHealth last = ended.health();
        if (System.nanoTime() - openedNanos >= pauses.longest().toNanos()) {
            pause = pauses.first();
        }
        synchronized (this) {
            source = null;
        }
        ended.close();
        missing(last.line(), last.counters());
    }

    private void tryToOpen() {
        BoardClock.Reading before = clock.read();
        PulseSource opened;
        try {
            opened = input.opener().apply(state);
        } catch (RuntimeException e) {
            missing(oneLine(e), away.counters());
            return;
        }
        wasAway = lossSaid;
        openedNanos = System.nanoTime();
        if (!takeOver(opened)) {
            return;
        }
        if (lossTold) {
            toTell.add(new SourceEvent.LineRestored(before));
            lossTold = false;
        }
        if (lossSaid) {
            report.accept(input.where() + " is back and counts");
            lossSaid = false;
        }
    }

    /// False where the source was closed meanwhile.
    private synchronized boolean takeOver(PulseSource opened) {
        if (closed.getCount() == 0) {
            opened.close();
            return false;
        }
        source = opened;
        return true;
    }

    private void missing(String reason, Map<String, Long> counters) {
        away = lost(reason, counters);
        if (!lossTold) {
            toTell.add(new SourceEvent.LineLost(clock.read(), reason));
            lossTold = true;
        }
        if (!lossSaid) {
            report.accept(away.line());
            lossSaid = true;
        }
        nextTryNanos = System.nanoTime() + Pauses.varied(pause);
        pause = pauses.after(pause);
    }

    private SourceHealth lost(String reason, Map<String, Long> counters) {
        return new SourceHealth(
                SourceHealth.Condition.LOST,
                "%s does not count: %s; it is tried again at least every %d s"
                        .formatted(
                                input.where(),
                                reason,
                                Math.ceilDiv(pauses.longest().toMillis(), 1_000)),
                counters);
    }

    private static String oneLine(RuntimeException failure) {
        return Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .orElse(failure.toString())
                .replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public void acknowledge(long count) {
        PulseSource.checkAcknowledged(count, acknowledged, state.count());
        acknowledged = count;
        unacknowledged = unacknowledged && count < state.count();
        PulseSource open = source;
        if (open != null) {
            open.acknowledge(count);
        }
    }

    @Override
    public String description() {
        PulseSource open = source;
        return open == null ? input.where() : open.description();
    }

    @Override
    public SourceHealth health() {
        PulseSource open = source;
        return open == null ? away : open.health();
    }

    @Override
    public void close() {
        PulseSource open;
        synchronized (this) {
            closed.countDown();
            open = source;
        }
        if (open != null) {
            open.close();
        }
    }
}

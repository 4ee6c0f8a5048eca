package energy.cryptometer.firmware.profile;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Replays a [Profile]: a pulse comes when the energy for it has flowed, by the wall clock. What
/// was due while the program was down comes at the next start with the time at which it was due, so
/// any number of restarts gives the same pulses.
///
/// The start of the replay is the anchor of the source's state: register 0 at that instant.
public final class ProfileSource implements PulseSource {
    /// Pulses that are due within this time come in one batch: the disk syncs once for them.
    private static final Duration GATHER = Duration.ofMillis(50);

    private final Profile profile;
    private final TimeLapse lapse;
    private final BoardClock clock;
    private final TimeSource time;
    private final SourceState.Anchor anchor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean announced;
    private long given;
    private long acknowledged;
    private long lastGivenNanos;
    private boolean closed;

    private ProfileSource(
            Replay replay, BoardClock clock, TimeSource time, SourceState.Anchor anchor) {
        this.profile = replay.profile();
        this.lapse = replay.lapse();
        this.time = time;
        this.lastGivenNanos = time.nanoTime() - GATHER.toNanos();
        this.clock = clock;
        this.anchor = anchor;
    }

    /// What and how fast is replayed.
    ///
    /// @param start when the replay begins; without it, when it is first started
    public record Replay(Profile profile, TimeLapse lapse, Optional<Instant> start) {
        /// Fingerprint for the journal: another file, column or speed is another source.
        public String fingerprint() {
            return "%s time_lapse %s".formatted(profile.fingerprint(), lapse);
        }
    }

    /// Goes on after `state`. Throws [ProfileException] where the profile cannot be the one that
    /// gave the pulses of the state, or where it began at another time than configured.
    public static ProfileSource open(
            Replay replay, BoardClock clock, TimeSource time, SourceState state) {
        Profile profile = replay.profile();
        if (state.count() > profile.totalPulses()) {
            throw new ProfileException(
                    "profile %s has %d pulses, the journal holds %d already; give the file it began"
                                    .formatted(profile.file(), profile.totalPulses(), state.count())
                            + " with, or another journal");
        }
        Optional<Instant> began = state.anchor().map(anchor -> anchor.at().wall());
        if (began.isPresent() && replay.start().filter(s -> !s.equals(began.get())).isPresent()) {
            throw new ProfileException(
                    "profile %s began at %s, configured is %s; remove 'start' or give another journal"
                            .formatted(profile.file(), began.get(), replay.start().get()));
        }
        BoardClock.Reading now = clock.read();
        SourceState.Anchor anchor =
                state.anchor()
                        .orElseGet(() ->
                                new SourceState.Anchor(
                                        0, at(replay.start().orElse(now.wall()), now)));
        ProfileSource source = new ProfileSource(replay, clock, time, anchor);
        source.announced = state.anchor().isPresent();
        source.given = state.count();
        source.acknowledged = state.count();
        return source;
    }

    /// A reading of another moment: boot time follows wall time as far as this boot goes back.
    private static BoardClock.Reading at(Instant wall, BoardClock.Reading now) {
        long nanos = Duration.between(now.wall(), wall).toNanos();
        long boot = Math.max(0, now.bootNanos() + nanos);
        return new BoardClock.Reading(boot, now.bootId(), wall, now.quality());
    }

    @Override
    public SourceBatch await(Duration timeout) throws InterruptedException {
        long deadline = time.nanoTime() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                BoardClock.Reading now = clock.read();
                long pause = pauseNanos(now);
                long left = deadline - time.nanoTime();
                if (pause <= 0 || left <= 0 || closed) {
                    return batch(now);
                }
                long _ = closing.awaitNanos(Math.min(pause, left));
            }
        } finally {
            lock.unlock();
        }
    }

    /// How long to wait before it is worth giving a batch.
    private long pauseNanos(BoardClock.Reading now) {
        if (!announced) {
            return 0;
        }
        if (given == profile.totalPulses()) {
            return Long.MAX_VALUE;
        }
        long full = Math.min(given + SourceBatch.MOST_ITEMS, profile.totalPulses());
        if (untilDue(full, now) <= 0) {
            return 0;
        }
        long gathering = lastGivenNanos + GATHER.toNanos() - time.nanoTime();
        long due = TimeUnit.MILLISECONDS.toNanos(untilDue(given + 1, now));
        return Math.max(gathering, due);
    }

    /// Milliseconds from `now` until the pulse is due; not positive when it is.
    private long untilDue(long count, BoardClock.Reading now) {
        return profile.dueMillis(count, lapse)
                - Duration.between(anchor.at().wall(), now.wall()).toMillis();
    }

    private SourceBatch batch(BoardClock.Reading now) {
        List<SourceItem> items = new ArrayList<>();
        if (!announced) {
            items.add(new SourceEvent.RegisterAnchored(now, anchor.register()));
            announced = true;
        }
        while (given < profile.totalPulses() && items.size() < SourceBatch.MOST_ITEMS) {
            long due = profile.dueMillis(given + 1, lapse);
            Instant wall = anchor.at().wall().plusMillis(due);
            if (wall.isAfter(now.wall())) {
                break;
            }
            given++;
            items.add(new Pulse(given, at(wall, now)));
        }
        if (!items.isEmpty()) {
            lastGivenNanos = time.nanoTime();
        }
        return new SourceBatch(items, new SourceState(given, Optional.of(anchor)));
    }

    @Override
    public void acknowledge(long count) {
        lock.lock();
        try {
            PulseSource.checkAcknowledged(count, acknowledged, given);
            acknowledged = count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String description() {
        return "replayed profile %s, %d rows, %s times as fast, from %s"
                .formatted(profile.file(), profile.rows(), lapse, anchor.at().wall());
    }

    @Override
    public SourceHealth health() {
        lock.lock();
        try {
            long total = profile.totalPulses();
            String line =
                    given == total
                            ? "profile ended after %d pulses".formatted(total)
                            : "profile is at pulse %d of %d".formatted(given, total);
            return new SourceHealth(
                    closed ? SourceHealth.Condition.LOST : SourceHealth.Condition.GOOD,
                    closed ? "profile is closed at pulse %d of %d".formatted(given, total) : line,
                    Map.of("pulses", given, "profile_pulses", total));
        } finally {
            lock.unlock();
        }
    }

    /// Whether every pulse of the profile was given.
    public boolean ended() {
        lock.lock();
        try {
            return given == profile.totalPulses();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

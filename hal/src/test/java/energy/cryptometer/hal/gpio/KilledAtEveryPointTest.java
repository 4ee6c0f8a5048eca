package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.edge.PulseTrain;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The program dies between any two of its steps; the kernel, the ring and the journal stay. Every
/// pulse is in the journal exactly once, with the time of its first edge. Replay with -Dseed=N.
final class KilledAtEveryPointTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int SLOTS = 61;
    private static final int KERNEL_HOLDS = 500;

    @Test
    void aProgramKilledOnceAtAnyStepLosesAndDoublesNothing() throws SystemCallException {
        int steps;
        try (World world = new World(SEED, 40)) {
            steps = world.live(Integer.MAX_VALUE);
            world.check("never killed");
        }
        assertThat(steps).isGreaterThan(100);
        for (int step = 1; step <= steps; step++) {
            try (World world = new World(SEED, 40)) {
                world.live(step);
                world.live(Integer.MAX_VALUE);
                world.check("killed at step " + step);
            }
        }
    }

    @Test
    void aProgramKilledAgainAndAgainLosesAndDoublesNothing() throws SystemCallException {
        for (int run = 0; run < 150; run++) {
            SplittableRandom lives = new SplittableRandom(SEED + run);
            try (World world = new World(SEED + run, 40)) {
                for (int i = 0; i < 200 && !world.isOver(); i++) {
                    world.live(lives.nextInt(1, 80));
                }
                world.live(Integer.MAX_VALUE);
                world.check("run " + run);
            }
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// All that survives the program.
    private static final class World implements AutoCloseable {
        private final SimulatedClock board =
                SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
        private final EventClock clock = EventClock.of(board, () -> board.read().bootNanos());
        private final PlayedLine line = new PlayedLine();
        private final KeptInMemory store = new KeptInMemory();
        private final SplittableRandom random;
        private final List<LineEvent> toCome = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private final List<SourceItem> journal = new ArrayList<>();
        private SourceState state = SourceState.NEVER_STARTED;
        private int played;
        private int read;
        private int quietTurns;
        private int stepsLeft;
        private int steps;

        World(long seed, int pulses) {
            random = new SplittableRandom(seed ^ 0x5DEECE66DL);
            PulseTrain train = new PulseTrain(new SplittableRandom(seed));
            for (int pulse = 0; pulse < pulses; pulse++) {
                train.next();
                starts.add(train.start());
                for (int i = 0; i < train.edges(); i++) {
                    var edge = train.edge(i);
                    toCome.add(new LineEvent(edge.nanos(), edge.active(), (int) edge.sequence()));
                }
            }
        }

        boolean isOver() {
            return quietTurns > 3;
        }

        /// One life of the program, which ends after so many steps or when all is done.
        int live(int mostSteps) throws SystemCallException {
            stepsLeft = mostSteps;
            steps = 0;
            OpenedLine listening =
                    OpenedLine.open(
                            new OpenedLine.Wanted(line, store, "played", PulseRule.USUAL, SLOTS),
                            clock,
                            state);
            try {
                run(listening);
            } catch (Killed _) {
                // what it had in memory is gone
            } finally {
                listening.line().close();
                listening.ring().close();
            }
            return steps;
        }

        private void run(OpenedLine listening) throws SystemCallException {
            PulseCounter folder =
                    new PulseCounter(
                            listening, state.count(), clock, List.of(), new InputCounters());
            EdgeReader.Quiet quiet = new EdgeReader.Quiet(Long.MIN_VALUE, 0);
            EdgeRing ring = listening.ring();
            step();
            while (!isOver()) {
                play();
                MemorySegment space = ring.space();
                step();
                long before = clock.nanos();
                int edges = space.byteSize() == 0 ? 0 : listening.line().read(space);
                read += edges;
                step();
                ring.filled(edges);
                if (edges * LineEvent.BYTES < space.byteSize()) {
                    quiet = new EdgeReader.Quiet(before, ring.head());
                }
                step();
                keep(folder, folder.fold(quiet, true));
            }
        }

        private void keep(PulseCounter folder, SourceBatch batch) {
            step();
            if (!batch.isEmpty()) {
                journal.addAll(batch.items());
                state = batch.stateAfter();
                step();
                folder.acknowledge(state.count());
                quietTurns = 0;
                step();
            } else if (random.nextInt(3) == 0) {
                state = batch.stateAfter();
                step();
            }
        }

        private void step() {
            steps++;
            if (--stepsLeft <= 0) {
                throw new Killed();
            }
        }

        /// Some time passes, and the edges of that time come.
        private void play() {
            int edges = Math.min(random.nextInt(25), KERNEL_HOLDS - (played - read));
            for (int i = 0; i < edges && played < toCome.size(); i++) {
                LineEvent edge = toCome.get(played++);
                passTo(edge.nanos());
                line.edge(edge.nanos(), edge.active());
            }
            if (played == toCome.size()) {
                board.advance(Duration.ofSeconds(1));
                quietTurns++;
            } else if (random.nextInt(2) == 0) {
                passTo(toCome.get(played).nanos() - 1);
            }
        }

        private void passTo(long nanos) {
            board.advance(Duration.ofNanos(Math.max(0, nanos - board.read().bootNanos())));
        }

        void check(String how) {
            List<Long> expected = new ArrayList<>();
            List<Long> found = new ArrayList<>();
            for (SourceItem item : journal) {
                assertThat(item).as("seed %d, %s", SEED, how).isInstanceOf(Pulse.class);
                Pulse pulse = (Pulse) item;
                found.add(pulse.count());
                found.add(pulse.capturedAt().bootNanos());
            }
            for (int i = 0; i < starts.size(); i++) {
                expected.add(i + 1L);
                expected.add(starts.get(i));
            }
            assertThat(found).as("seed %d, %s", SEED, how).isEqualTo(expected);
            assertThat(line.requests()).as("seed %d, %s", SEED, how).isEqualTo(1);
        }

        @Override
        public void close() {
            store.close();
            line.close();
        }
    }
}

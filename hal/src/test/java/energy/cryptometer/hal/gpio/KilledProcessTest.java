package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.hal.edge.PulseTrain;
import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.Errno;
import energy.cryptometer.hal.linux.MonotonicClock;
import energy.cryptometer.hal.linux.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process with a real SIGKILL, in the middle of a stream of edges through a real pipe into
/// real shared memory. Replay with -Dseed=N, as far as a kill can be replayed.
@Tag("slow")
final class KilledProcessTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int PULSES = 4_000;
    private static final int KILLS = 4;
    private static final long POLL_NANOS = 2_000_000;
    private static final long LONGEST_WAIT_NANOS = 180_000_000_000L;
    private static final long PLAYED_SINCE_NANOS = 7_200_000_000_000L;

    private final List<Long> starts = new ArrayList<>();

    @Test
    void aProgramThatIsKilledMidwayCountsEveryPulseOnce(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path journal = Files.createFile(folder.resolve("journal"));
        LinuxClock board = LinuxClock.ofThisMachine();
        EdgeRing.Identity identity =
                new EdgeRing.Identity(
                        7,
                        board.read().bootId(),
                        board.read().bootNanos(),
                        CountingProgram.INPUT.label());
        Descriptor.Pipe pipe = Descriptor.pipe();
        try (EdgeRing ring = EdgeRing.create(identity, 4_096);
                Descriptor read = pipe.read();
                Descriptor write = pipe.write()) {
            Thread meter = Thread.ofPlatform().start(() -> play(write));
            SplittableRandom random = new SplittableRandom(SEED);
            for (int kill = 1; kill <= KILLS; kill++) {
                Process program = started(read, ring.descriptor(), journal);
                long until = (long) PULSES * kill / (KILLS + 1) + random.nextInt(200);
                awaitPulses(journal, until, program);
                program.destroyForcibly().waitFor();
            }
            Process last = started(read, ring.descriptor(), journal);
            awaitPulses(journal, PULSES, last);
            last.destroyForcibly().waitFor();
            meter.join();
        }
        check(Files.readAllLines(journal));
    }

    private static Process started(Descriptor line, Descriptor ring, Path journal)
            throws IOException {
        String files = "/proc/" + ProcessHandle.current().pid() + "/fd/";
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProgram.class.getName(),
                        files + line.number(),
                        files + ring.number(),
                        journal.toString())
                .inheritIO()
                .start();
    }

    private static void awaitPulses(Path journal, long pulses, Process program)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (true) {
            assertThat(System.nanoTime()).as("seed %d: pulses missing", SEED).isLessThan(deadline);
            try (var lines = Files.lines(journal)) {
                if (lines.filter(line -> !line.startsWith("state")).count() >= pulses) {
                    return;
                }
            }
            assertThat(program.isAlive()).as("seed %d: the program ended", SEED).isTrue();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Two hours ago the pulses began, or when this machine started; each comes in one piece with
    /// the noise before it, because the time until the next piece is pause for whoever looks at the
    /// clock.
    private void play(Descriptor write) {
        long offset = Math.max(0, MonotonicClock.nanos() - PLAYED_SINCE_NANOS);
        PulseTrain train = new PulseTrain(new SplittableRandom(SEED));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = arena.allocate(256 * LineEvent.BYTES, Long.BYTES);
            for (int pulse = 0; pulse < PULSES; pulse++) {
                train.next();
                starts.add(offset + train.start());
                for (int i = 0; i < train.edges(); i++) {
                    var edge = train.edge(i);
                    new LineEvent(offset + edge.nanos(), edge.active(), (int) edge.sequence())
                            .write(events, i * LineEvent.BYTES);
                }
                whole(write, events.asSlice(0, train.edges() * LineEvent.BYTES));
            }
        } catch (SystemCallException e) {
            throw new AssertionError(e);
        }
    }

    /// A write of up to 4096 bytes goes into a pipe as a whole or not at all (pipe(7)).
    private static void whole(Descriptor write, MemorySegment events) throws SystemCallException {
        while (true) {
            try {
                assertThat(write.write(events)).isEqualTo(events.byteSize()).isLessThan(4_097);
                return;
            } catch (SystemCallException e) {
                if (!e.is(Errno.AGAIN)) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void check(List<String> journal) {
        List<String> found = journal.stream().filter(line -> !line.startsWith("state")).toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PULSES; i++) {
            expected.add("pulse %d %d".formatted(i + 1, starts.get(i)));
        }
        assertThat(found).as("seed %d", SEED).isEqualTo(expected);
    }
}

package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds for every line, played or real. Implementations bring a contact that can be told to
/// close and open once.
interface LineRequestContract {
    Duration ENOUGH = Duration.ofSeconds(30);

    /// Requests the line, at rest.
    LineRequest request();

    /// The contact closes and opens.
    void pulse();

    /// The next edges, however many reads they need.
    static List<LineEvent> take(LineRequest line, int edges, int mostAtOnce)
            throws SystemCallException {
        List<LineEvent> taken = new ArrayList<>();
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(mostAtOnce * LineEvent.BYTES, Long.BYTES);
            while (taken.size() < edges) {
                assertThat(System.nanoTime()).as("waiting after %s", taken).isLessThan(deadline);
                boolean _ = line.await(Duration.ofSeconds(1));
                int read = line.read(into);
                for (int i = 0; i < read; i++) {
                    assertThat(LineEvent.isAt(into, i * LineEvent.BYTES)).isTrue();
                    taken.add(LineEvent.read(into, i * LineEvent.BYTES));
                }
            }
        }
        return taken;
    }

    @Test
    default void edgesAreNumberedFromOneAndDatedInOrder() throws SystemCallException {
        try (LineRequest line = request()) {
            pulse();
            pulse();
            List<LineEvent> edges = take(line, 4, 16);
            assertThat(edges).extracting(LineEvent::sequence).containsExactly(1, 2, 3, 4);
            assertThat(edges)
                    .extracting(LineEvent::active)
                    .containsExactly(true, false, true, false);
            assertThat(edges).extracting(LineEvent::nanos).isSorted();
            assertThat(edges.getFirst().nanos()).isPositive();
        }
    }

    @Test
    default void whatDoesNotFitIsReadTheNextTime() throws SystemCallException {
        try (LineRequest line = request()) {
            pulse();
            pulse();
            assertThat(take(line, 4, 1))
                    .extracting(LineEvent::sequence)
                    .containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    default void aLineAtRestGivesNothingAndDoesNotBlock() throws SystemCallException {
        try (LineRequest line = request();
                Arena arena = Arena.ofConfined()) {
            assertThat(line.await(Duration.ZERO)).isFalse();
            assertThat(line.read(arena.allocate(LineEvent.BYTES, Long.BYTES))).isZero();
        }
    }

    @Test
    default void whoeverHoldsADuplicateReadsWhatCameMeanwhile() throws SystemCallException {
        LineRequest first = request();
        try (LineRequest next = new LineRequest(first.descriptor().duplicate())) {
            first.close();
            pulse();
            assertThat(take(next, 2, 16)).extracting(LineEvent::sequence).containsExactly(1, 2);
        }
    }
}

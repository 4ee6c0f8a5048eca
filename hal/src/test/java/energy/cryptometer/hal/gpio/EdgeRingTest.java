package energy.cryptometer.hal.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SharedMemory;
import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EdgeRingTest {
    private static final int SLOTS = 8;
    private static final EdgeRing.Identity IDENTITY =
            new EdgeRing.Identity(
                    42, new UUID(1, 2), 3, "/dev/gpiochip0 line 17 active-low pull-up");

    private final EdgeRing ring = created();
    private int sequence;

    private static EdgeRing created() {
        try {
            return EdgeRing.create(IDENTITY, SLOTS);
        } catch (SystemCallException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        ring.close();
    }

    /// What the kernel does: fills an offer from its start.
    private int copied(MemorySegment space, int edges) {
        for (int i = 0; i < edges; i++) {
            sequence++;
            new LineEvent(1_000 + sequence, sequence % 2 == 1, sequence)
                    .write(space, i * LineEvent.BYTES);
        }
        return edges;
    }

    private static int edges(MemorySegment space) {
        return (int) (space.byteSize() / LineEvent.BYTES);
    }

    private EdgeRing next() throws SystemCallException {
        return EdgeRing.adopt(ring.descriptor().duplicate()).orElseThrow();
    }

    @Test
    void theNextProcessFindsIdentityAndEdges() throws SystemCallException {
        ring.filled(copied(ring.space(), 3));
        ring.release(1);
        try (EdgeRing next = next()) {
            assertThat(next.identity()).isEqualTo(IDENTITY);
            assertThat(next.tail()).isEqualTo(1);
            assertThat(next.head()).isEqualTo(3);
            assertThat(next.event(1)).isEqualTo(new LineEvent(1_002, false, 2));
            assertThatThrownBy(() -> next.event(0)).hasMessage("place 0 is outside [1, 3)");
            assertThatThrownBy(() -> next.event(3)).hasMessage("place 3 is outside [1, 3)");
        }
    }

    @Test
    void whatTheKernelCopiedIsFoundThoughNobodyNotedIt() throws SystemCallException {
        ring.filled(copied(ring.space(), 2));
        copied(ring.space(), 3);
        try (EdgeRing next = next()) {
            assertThat(next.head()).isEqualTo(5);
        }
    }

    @Test
    void aRingThatIsFullOffersNothingAndLeavesOneSlotEmpty() throws SystemCallException {
        assertThat(edges(ring.space())).isEqualTo(SLOTS - 1);
        ring.filled(copied(ring.space(), SLOTS - 1));
        assertThat(edges(ring.space())).isZero();
        try (EdgeRing next = next()) {
            assertThat(next.head()).isEqualTo(SLOTS - 1);
        }
        ring.release(1);
        assertThat(edges(ring.space())).isEqualTo(1);
    }

    /// Any number is read, noted or not, and released, some thousand times around.
    @Test
    void howeverOftenItGoesAroundTheEndIsFound() throws SystemCallException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        for (int turn = 0; turn < 3_000; turn++) {
            MemorySegment space = ring.space();
            int read = space.byteSize() == 0 ? 0 : copied(space, random.nextInt(edges(space) + 1));
            long head = ring.head() + read;
            if (turn % 10 == 0) {
                try (EdgeRing next = next()) {
                    assertThat(next.head()).as("seed %d, turn %d", seed, turn).isEqualTo(head);
                    assertThat(next.tail()).isEqualTo(ring.tail());
                }
            }
            ring.filled(read);
            for (long place = ring.tail(); place < head; place++) {
                assertThat(ring.event(place).sequence()).isEqualTo((int) place + 1);
            }
            ring.release(random.nextLong(ring.tail(), head + 1));
        }
        assertThat(ring.head()).isGreaterThan(1_000L * SLOTS / 10);
    }

    @Test
    void onlyWhatWasReadCanBeReleasedAndNothingTwice() {
        ring.filled(copied(ring.space(), 2));
        ring.release(2);
        assertThatThrownBy(() -> ring.release(3)).hasMessage("place 3 is outside [2, 2]");
        assertThatThrownBy(() -> ring.release(1)).hasMessage("place 1 is outside [2, 2]");
    }

    @Test
    void memoryThatIsNoRingIsNotAdopted() throws SystemCallException {
        try (SharedMemory other = SharedMemory.create("other", 8_192)) {
            assertThat(EdgeRing.adopt(other.descriptor().duplicate())).isEmpty();
        }
        try (SharedMemory small = SharedMemory.create("small", 16)) {
            assertThat(EdgeRing.adopt(small.descriptor().duplicate())).isEmpty();
        }
        Descriptor.Pipe pipe = Descriptor.pipe();
        pipe.write().close();
        assertThat(EdgeRing.adopt(pipe.read())).isEmpty();
    }

    @Test
    void aRingWhoseNumbersDoNotGrowIsNotBelieved() throws SystemCallException {
        MemorySegment space = ring.space();
        new LineEvent(5, true, 9).write(space, 0);
        new LineEvent(6, false, 9).write(space, LineEvent.BYTES);
        assertThat(EdgeRing.adopt(ring.descriptor().duplicate())).isEmpty();
    }

    @Test
    void numbersAreWholeAgainAcrossTheWrap() {
        assertThat(new LineEvent(1, true, 0).numberNear(0xFFFF_FFFFL)).isEqualTo(0x1_0000_0000L);
        assertThat(new LineEvent(1, true, -1).numberNear(0x1_0000_0000L)).isEqualTo(0xFFFF_FFFFL);
        assertThat(new LineEvent(1, true, 1).numberNear(0)).isEqualTo(1);
        assertThat(new LineEvent(1, true, 7).numberNear(0x7_0000_0003L)).isEqualTo(0x7_0000_0007L);
    }
}

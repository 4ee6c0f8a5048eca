package energy.cryptometer.hal.gpio;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/// One edge as the kernel writes it: `struct gpio_v2_line_event` of `linux/gpio.h`.
///
/// @param nanos CLOCK_MONOTONIC when the interrupt came
/// @param active whether the line became active; the kernel has applied active-low already
/// @param sequence the low 32 bits of the edge's number, from 1 for each request of a line
record LineEvent(long nanos, boolean active, int sequence) {
    private static final int RISING = 1;
    private static final int FALLING = 2;

    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("timestamp_ns"),
                    ValueLayout.JAVA_INT.withName("id"),
                    ValueLayout.JAVA_INT.withName("offset"),
                    ValueLayout.JAVA_INT.withName("seqno"),
                    ValueLayout.JAVA_INT.withName("line_seqno"),
                    MemoryLayout.sequenceLayout(6, ValueLayout.JAVA_INT).withName("padding"));

    /// 48.
    static final long BYTES = LAYOUT.byteSize();

    private static final long TIMESTAMP = offset("timestamp_ns");
    private static final long ID = offset("id");
    private static final long SEQUENCE = offset("line_seqno");

    private static long offset(String field) {
        return LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }

    /// Whether an edge was written there: zeroes are none, and no edge comes at the very moment the
    /// clock starts.
    static boolean isAt(MemorySegment memory, long offset) {
        int id = memory.get(ValueLayout.JAVA_INT, offset + ID);
        return memory.get(ValueLayout.JAVA_LONG, offset + TIMESTAMP) != 0
                && (id == RISING || id == FALLING);
    }

    static LineEvent read(MemorySegment memory, long offset) {
        return new LineEvent(
                memory.get(ValueLayout.JAVA_LONG, offset + TIMESTAMP),
                memory.get(ValueLayout.JAVA_INT, offset + ID) == RISING,
                memory.get(ValueLayout.JAVA_INT, offset + SEQUENCE));
    }

    /// As the kernel would write it, for a line that is played.
    void write(MemorySegment memory, long offset) {
        memory.asSlice(offset, BYTES).fill((byte) 0);
        memory.set(ValueLayout.JAVA_LONG, offset + TIMESTAMP, nanos);
        memory.set(ValueLayout.JAVA_INT, offset + ID, active ? RISING : FALLING);
        memory.set(ValueLayout.JAVA_INT, offset + offset("seqno"), sequence);
        memory.set(ValueLayout.JAVA_INT, offset + SEQUENCE, sequence);
    }

    /// The whole number of which `sequence` is the low half and that is nearest to `known`. Edges
    /// that are 2^31 apart would be taken for neighbours; at 33 in a second that is two years.
    long numberNear(long known) {
        return known + (sequence - (int) known);
    }
}

package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SharedMemory;
import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// The edges between the kernel and the journal, in memory that outlives the process.
///
/// `read(2)` takes edges out of the kernel's buffer, and a process can die at the next instruction.
/// So the kernel copies them straight into this ring, which the next process maps again: an edge is
/// in the kernel, or in the ring, or in the journal, and for no moment only in the process.
///
/// Places count up from 0 and never wrap; place p is slot p mod the number of slots. Three rules
/// make the ring readable without any note of how much was read:
///
/// - `tail`, one aligned word, is the first place that is still needed.
/// - The slot of `head`, the next place to be read into, is zero at every moment: [#space] zeroes
///   what it offers and one slot more, and offers nothing that would touch `tail`. The kernel fills
///   an offer from its start without holes, and has finished before a killed process ends.
/// - So the edges are those from `tail` up to the first slot that holds none.
///
/// One thread reads into it ([#space], [#filled]); one other uses what is in it.
final class EdgeRing implements AutoCloseable {
    /// Edges that fit: half an hour of the fastest pulses.
    static final int SLOTS = 65_536;

    /// Most edges of one offer: what the kernel's buffer holds.
    static final int MOST_OFFERED = 1_024;

    private static final long HEADER_BYTES = 4_096;
    private static final long MAGIC = 0x43_4D_45_44_47_45_53_31L; // "CMEDGES1"
    private static final long MAGIC_AT = 0;
    private static final long SLOTS_AT = 8;
    private static final long REQUEST_AT = 16;
    private static final long BOOT_AT = 24;
    private static final long SINCE_AT = 40;
    private static final long TAIL_AT = 48;
    private static final long LABEL_LENGTH_AT = 56;
    private static final long LABEL_AT = 64;
    private static final int MOST_LABEL_BYTES = 1_024;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final SharedMemory shared;
    private final MemorySegment memory;
    private final Identity identity;
    private final int slots;
    private volatile long head;

    /// To which request of which line a ring belongs.
    ///
    /// @param request a random number that names the request
    /// @param boot in which it was made; it cannot live longer
    /// @param since boot time in nanoseconds from which on the line is listened to
    /// @param label chip, line and settings: another line or setting is another input
    record Identity(long request, UUID boot, long since, String label) {}

    private EdgeRing(SharedMemory shared, Identity identity, int slots, long head) {
        this.shared = shared;
        memory = shared.memory();
        this.identity = identity;
        this.slots = slots;
        this.head = head;
    }

    /// An empty ring.
    ///
    /// @param slots at least 2
    static EdgeRing create(Identity identity, int slots) throws SystemCallException {
        byte[] label = identity.label().getBytes(StandardCharsets.UTF_8);
        if (slots < 2 || label.length > MOST_LABEL_BYTES) {
            throw new IllegalArgumentException(
                    slots + " slots are below 2 or " + label.length + " bytes of label above 1024");
        }
        SharedMemory shared =
                SharedMemory.create("cryptometer-edges", HEADER_BYTES + slots * LineEvent.BYTES);
        MemorySegment memory = shared.memory();
        memory.set(ValueLayout.JAVA_LONG, SLOTS_AT, slots);
        memory.set(ValueLayout.JAVA_LONG, REQUEST_AT, identity.request());
        memory.set(ValueLayout.JAVA_LONG, BOOT_AT, identity.boot().getMostSignificantBits());
        memory.set(ValueLayout.JAVA_LONG, BOOT_AT + 8, identity.boot().getLeastSignificantBits());
        memory.set(ValueLayout.JAVA_LONG, SINCE_AT, identity.since());
        memory.set(ValueLayout.JAVA_LONG, LABEL_LENGTH_AT, label.length);
        MemorySegment.copy(label, 0, memory, ValueLayout.JAVA_BYTE, LABEL_AT, label.length);
        LONG.setRelease(memory, MAGIC_AT, MAGIC);
        return new EdgeRing(shared, identity, slots, 0);
    }

    /// The ring that another process left, with all edges that it had read. Empty where the
    /// descriptor holds no ring; it is closed then.
    static Optional<EdgeRing> adopt(Descriptor descriptor) {
        SharedMemory shared;
        try {
            shared = SharedMemory.adopt(descriptor);
        } catch (SystemCallException _) {
            descriptor.close();
            return Optional.empty();
        }
        Optional<EdgeRing> ring = understood(shared);
        if (ring.isEmpty()) {
            shared.close();
        }
        return ring;
    }

    private static Optional<EdgeRing> understood(SharedMemory shared) {
        MemorySegment memory = shared.memory();
        if (memory.byteSize() < HEADER_BYTES || (long) LONG.getAcquire(memory, MAGIC_AT) != MAGIC) {
            return Optional.empty();
        }
        long slots = memory.get(ValueLayout.JAVA_LONG, SLOTS_AT);
        long labelLength = memory.get(ValueLayout.JAVA_LONG, LABEL_LENGTH_AT);
        long tail = (long) LONG.getAcquire(memory, TAIL_AT);
        if (slots < 2
                || slots > Integer.MAX_VALUE
                || memory.byteSize() != HEADER_BYTES + slots * LineEvent.BYTES
                || labelLength < 0
                || labelLength > MOST_LABEL_BYTES
                || tail < 0) {
            return Optional.empty();
        }
        Identity identity =
                new Identity(
                        memory.get(ValueLayout.JAVA_LONG, REQUEST_AT),
                        new UUID(
                                memory.get(ValueLayout.JAVA_LONG, BOOT_AT),
                                memory.get(ValueLayout.JAVA_LONG, BOOT_AT + 8)),
                        memory.get(ValueLayout.JAVA_LONG, SINCE_AT),
                        new String(
                                memory.asSlice(LABEL_AT, labelLength)
                                        .toArray(ValueLayout.JAVA_BYTE),
                                StandardCharsets.UTF_8));
        EdgeRing ring = new EdgeRing(shared, identity, (int) slots, tail);
        return ring.findHead() ? Optional.of(ring) : Optional.empty();
    }

    /// Whether the edges end at a slot that holds none, and their numbers grow up to there.
    private boolean findHead() {
        long place = head;
        int before = 0;
        while (LineEvent.isAt(memory, offset(place))) {
            int sequence = LineEvent.read(memory, offset(place)).sequence();
            if (place - head >= slots - 1 || (place > head && sequence - before <= 0)) {
                return false;
            }
            before = sequence;
            place++;
        }
        head = place;
        return true;
    }

    Identity identity() {
        return identity;
    }

    Descriptor descriptor() {
        return shared.descriptor();
    }

    /// The first place still needed.
    long tail() {
        return (long) LONG.getAcquire(memory, TAIL_AT);
    }

    /// The place the next edge comes to.
    long head() {
        return head;
    }

    /// The edge in a place from [#tail] to below [#head].
    LineEvent event(long place) {
        if (place < tail() || place >= head) {
            throw new IllegalArgumentException(
                    "place " + place + " is outside [" + tail() + ", " + head + ")");
        }
        return LineEvent.read(memory, offset(place));
    }

    /// Room for the next edges, zeroed: at most [#MOST_OFFERED]. Empty when the ring is full: then
    /// the kernel has to keep them, and drops its oldest when it is full too.
    MemorySegment space() {
        long free = tail() + slots - head - 1;
        long untilWrap = slots - head % slots;
        long offered = Math.min(MOST_OFFERED, Math.min(free, untilWrap));
        for (long place = head; offered > 0 && place <= head + offered; place++) {
            memory.asSlice(offset(place), LineEvent.BYTES).fill((byte) 0);
        }
        return memory.asSlice(offset(head), Math.max(0, offered) * LineEvent.BYTES);
    }

    /// So many edges were read into the last offer.
    void filled(int edges) {
        long from = head; // written by this thread only
        head = from + edges;
    }

    /// Nothing before `place` is needed any more.
    void release(long place) {
        if (place < tail() || place > head) {
            throw new IllegalArgumentException(
                    "place " + place + " is outside [" + tail() + ", " + head + "]");
        }
        LONG.setRelease(memory, TAIL_AT, place);
    }

    private long offset(long place) {
        return HEADER_BYTES + place % slots * LineEvent.BYTES;
    }

    @Override
    public void close() {
        shared.close();
    }
}

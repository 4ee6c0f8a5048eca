package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import java.util.Optional;
import java.util.UUID;

/// What somebody keeps of one input while the program is down.
interface InputStore {
    /// What is there of an input when the program starts; its descriptors belong to the caller.
    sealed interface Left {
        /// Closes all of it.
        void close();
    }

    /// What a process before read from and into: the line, whose edges the kernel goes on
    /// buffering, and the ring. They are of use only together.
    record Kept(Descriptor line, Descriptor ring) implements Left {
        @Override
        public void close() {
            line.close();
            ring.close();
        }
    }

    /// A line that was requested in this boot before there was a program, and that nobody has read.
    ///
    /// @param note since when, and as which input
    record Held(Descriptor line, HoldNote note) implements Left {
        @Override
        public void close() {
            line.close();
        }
    }

    /// How a line came to be held.
    ///
    /// @param boot in which it was requested
    /// @param since boot time in nanoseconds from which on it is listened to
    /// @param label what it was requested as, see [GpioInput#label]
    record HoldNote(UUID boot, long since, String label) {}

    /// What was left; empty where nothing can be used.
    Optional<Left> take();

    /// Keeps duplicates of both.
    void keep(Kept kept);

    /// Lets everything go, and waits until the kernel can have the line back.
    void forget();

    /// Whether anything is kept at all.
    boolean survives();

    /// What went wrong last, in one line.
    Optional<String> problem();
}

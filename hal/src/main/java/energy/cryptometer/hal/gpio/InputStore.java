package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import java.util.Optional;

/// What somebody keeps of one input while the program is down: the line, whose edges the kernel
/// goes on buffering, and the ring. They are of use only together.
interface InputStore {
    /// Both descriptors, which belong to the caller from then on.
    record Kept(Descriptor line, Descriptor ring) {
        void close() {
            line.close();
            ring.close();
        }
    }

    /// What the process before left; empty where one of the two is missing.
    Optional<Kept> take();

    /// Keeps duplicates of both.
    void keep(Kept kept);

    /// Lets both go, and waits until the kernel can have the line back.
    void forget();

    /// Whether anything is kept at all.
    boolean survives();

    /// What went wrong last, in one line.
    Optional<String> problem();
}

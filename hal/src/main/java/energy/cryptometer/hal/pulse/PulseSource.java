package energy.cryptometer.hal.pulse;

import java.time.Duration;

/// Where pulses come from. One thread owns a source and is the only one that calls [#await];
/// `health` and `description` may be asked from any thread.
///
/// A source is opened with the [SourceState] that was stored last, and goes on from there: after a
/// restart the next pulse has the count that follows. What was given but never stored is given
/// again where the source can (a register still shows it), with the same counts.
public interface PulseSource extends AutoCloseable {
    /// Blocks until there is something, at most `timeout`. What is given here has left the source:
    /// the caller makes items and state durable in one transaction and then acknowledges.
    ///
    /// A meter that is silent, gone or sends nonsense is not an exception but an event and health.
    SourceBatch await(Duration timeout) throws InterruptedException;

    /// All items up to and including pulse `count` are durable. Refuses a count that was never
    /// given.
    void acknowledge(long count);

    /// What this source is, in one line: kind, device, and where it is connected.
    String description();

    /// How the source is now.
    SourceHealth health();

    /// Whether this source will never see its meter again: what it has left is still given by
    /// [#await], then only another one helps. One that tries again by itself never ends.
    default boolean hasEnded() {
        return false;
    }

    /// Gives the device back. Never throws; may be called twice.
    @Override
    void close();

    /// What every source checks of an acknowledgement.
    static void checkAcknowledged(long count, long acknowledgedBefore, long given) {
        if (count < acknowledgedBefore || count > given) {
            throw new IllegalArgumentException(
                    "cannot acknowledge pulse "
                            + count
                            + ": acknowledged up to "
                            + acknowledgedBefore
                            + ", given up to "
                            + given);
        }
    }
}

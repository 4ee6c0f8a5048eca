package energy.cryptometer.firmware.forward;

import java.util.concurrent.atomic.AtomicLong;

/// What forwarding has cost so far: UDP payload both ways, block-wise transfer and repetitions
/// included, for transactions that a node took.
public final class ForwardTraffic {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong pulses = new AtomicLong();
    private final AtomicLong fullBatchBytes = new AtomicLong();
    private final AtomicLong fullBatchPulses = new AtomicLong();

    void add(long batchBytes, long batchPulses, boolean full) {
        bytes.addAndGet(batchBytes);
        pulses.addAndGet(batchPulses);
        if (full) {
            fullBatchBytes.addAndGet(batchBytes);
            fullBatchPulses.addAndGet(batchPulses);
        }
    }

    public long bytes() {
        return bytes.get();
    }

    public long pulses() {
        return pulses.get();
    }

    /// Bytes of messages that were as full as the configuration allows.
    public long fullBatchBytes() {
        return fullBatchBytes.get();
    }

    public long fullBatchPulses() {
        return fullBatchPulses.get();
    }
}

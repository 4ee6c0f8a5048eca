package energy.cryptometer.fullnode.mempool;

import java.time.Duration;

/// Bounds of the mempool.
///
/// @param perMeter transactions of one meter that may wait
/// @param total transactions of all meters that may wait; one takes about 1 kB of memory
/// @param drift how far a capture time may lie ahead of our clock
public record MempoolLimits(int perMeter, int total, Duration drift) {
    public static final MempoolLimits USUAL =
            new MempoolLimits(20_000, 150_000, Duration.ofSeconds(10));

    public MempoolLimits {
        if (perMeter < 1 || total < perMeter || drift.isNegative()) {
            throw new IllegalArgumentException(
                    "mempool limits %d per meter, %d in total, drift %s"
                            .formatted(perMeter, total, drift));
        }
    }
}

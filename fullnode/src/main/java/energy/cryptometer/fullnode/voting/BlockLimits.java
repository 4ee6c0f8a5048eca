package energy.cryptometer.fullnode.voting;

/// Bounds of one block; what does not fit stands in the next one.
///
/// @param transactions of meters
/// @param bytes of the batches that they are in the block
public record BlockLimits(int transactions, long bytes) {
    public static final BlockLimits USUAL = new BlockLimits(60_000, 12L * 1024 * 1024);

    public BlockLimits {
        if (transactions < 1 || bytes < 64 * 1024) {
            throw new IllegalArgumentException(
                    "block limits %d transactions, %d bytes".formatted(transactions, bytes));
        }
    }
}

package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.List;

/// How many transactions fit into one message.
final class BatchSize {
    /// Frame of a batch: signer, sequence, previous hash, and the heads of its arrays.
    private static final int FRAME_BYTES = 64;

    /// Head of a run: count, pulses, quality, status, first time, heads of steps and signatures.
    private static final int RUN_BYTES = 40;

    private static final int SIGNATURE_BYTES = 64;

    private BatchSize() {}

    /// The longest batch from the start of `transactions` that is at most `maxBytes` long. Refuses
    /// a limit into which not even the first one fits.
    static Batch fit(List<SignedTransaction> transactions, int maxBytes) {
        long bytes = FRAME_BYTES;
        int fitting = 0;
        for (; fitting < transactions.size(); fitting++) {
            bytes += cost(transactions, fitting);
            if (bytes > maxBytes) {
                break;
            }
        }
        if (fitting == 0) {
            throw new IllegalArgumentException(
                    "a message of %d bytes cannot hold %s, which needs up to %d"
                            .formatted(maxBytes, transactions.getFirst(), bytes));
        }
        return new Batch(transactions.subList(0, fitting));
    }

    private static int cost(List<SignedTransaction> transactions, int index) {
        SignedTransaction transaction = transactions.get(index);
        if (!(transaction.content() instanceof Generation generation)) {
            return transaction.content().payload().length + SIGNATURE_BYTES + RUN_BYTES;
        }
        boolean first = index == 0;
        if (!first && transactions.get(index - 1).content() instanceof Generation before) {
            long step = generation.capture().epochMillis() - before.capture().epochMillis();
            boolean changed =
                    generation.pulses() != before.pulses()
                            || generation.status() != before.status()
                            || generation.capture().quality() != before.capture().quality();
            return SIGNATURE_BYTES + integerBytes(step) + (changed ? RUN_BYTES : 0);
        }
        return SIGNATURE_BYTES + RUN_BYTES;
    }

    /// Length of a CBOR integer (RFC 8949, 3).
    private static int integerBytes(long value) {
        long magnitude = value < 0 ? -1 - value : value;
        if (magnitude < 24) {
            return 1;
        }
        if (magnitude < 1L << 8) {
            return 2;
        }
        if (magnitude < 1L << 16) {
            return 3;
        }
        return magnitude < 1L << 32 ? 5 : 9;
    }
}

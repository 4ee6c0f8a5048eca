package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long a [Batch] becomes, to the byte, counted transaction by transaction and without encoding
/// them.
public final class BatchSize {
    private final long frame;
    private final long closedSegments;
    private final int segments;
    private final Run run;
    private final @Nullable Transaction last;

    private BatchSize(
            long frame, long closedSegments, int segments, Run run, @Nullable Transaction last) {
        this.frame = frame;
        this.closedSegments = closedSegments;
        this.segments = segments;
        this.run = run;
        this.last = last;
    }

    /// Of a batch that begins at this link and holds nothing yet.
    public static BatchSize from(ChainLink first) {
        long frame = head(4) + bytes(KeyId.BYTES) + head(first.sequence()) + bytes(Hash.BYTES);
        return new BatchSize(frame, 0, 0, Run.NONE, null);
    }

    /// The run of generation transactions at the end, which the next one may prolong.
    ///
    /// @param fixed bytes of its fields up to the first time of capture
    /// @param steps bytes of the times between them
    private record Run(long fixed, long steps, int transactions) {
        static final Run NONE = new Run(0, 0, 0);

        static Run of(Generation first) {
            return new Run(
                    head(GenerationRun.FIELDS)
                            + head(GenerationRun.KIND)
                            + head(first.count() - first.pulses())
                            + head(first.pulses())
                            + head(first.capture().quality().code())
                            + head(first.status().code())
                            + head(first.capture().epochMillis()),
                    0,
                    1);
        }

        Run and(long stepMillis) {
            return new Run(fixed, steps + integer(stepMillis), transactions + 1);
        }

        long bytes() {
            return transactions == 0
                    ? 0
                    : fixed
                            + head(transactions - 1L)
                            + steps
                            + BatchSize.bytes((long) transactions * Es256.SIGNATURE_BYTES);
        }
    }

    /// Of the batch with one more transaction, the successor of its last one.
    public BatchSize with(Transaction next) {
        if (last != null && GenerationRun.steady(last, next)) {
            Run longer = run.and(millis(next) - millis(last));
            return new BatchSize(frame, closedSegments, segments, longer, next);
        }
        long closed = closedSegments + run.bytes();
        return next instanceof Generation first
                ? new BatchSize(frame, closed, segments + 1, Run.of(first), next)
                : new BatchSize(frame, closed + single(next), segments + 1, Run.NONE, next);
    }

    private static long single(Transaction transaction) {
        return head(3)
                + head(Batch.SINGLE)
                + bytes(transaction.payload().length)
                + bytes(Es256.SIGNATURE_BYTES);
    }

    private static long millis(Transaction transaction) {
        return ((Generation) transaction).capture().epochMillis();
    }

    /// Length of the encoded batch.
    public long bytes() {
        return frame + head(segments) + closedSegments + run.bytes();
    }

    /// How many from the start of `transactions` make a batch of at most `maxBytes`.
    public static int fitting(List<SignedTransaction> transactions, int maxBytes) {
        if (transactions.isEmpty()) {
            return 0;
        }
        BatchSize size = from(transactions.getFirst().content().link());
        for (int fitting = 0; fitting < transactions.size(); fitting++) {
            size = size.with(transactions.get(fitting).content());
            if (size.bytes() > maxBytes) {
                return fitting;
            }
        }
        return transactions.size();
    }

    /// Length of a CBOR item that begins with this number (RFC 8949, 3), without what follows.
    private static long head(long argument) {
        if (argument < 24) {
            return 1;
        }
        if (argument <= 0xffL) {
            return 2;
        }
        if (argument <= 0xffffL) {
            return 3;
        }
        return argument <= 0xffff_ffffL ? 5 : 9;
    }

    private static long integer(long value) {
        return head(value < 0 ? ~value : value);
    }

    private static long bytes(long length) {
        return head(length) + length;
    }
}

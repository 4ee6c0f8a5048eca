package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.transaction.ChainLink;

/// How far every stage has come: captures and transactions by number, pulses by count. 0 stands
/// before the first.
///
/// @param captured id of the last capture
/// @param signedCapture id of the last capture that is signed
/// @param signedId id of the last signed transaction, [Hash#ZERO] before the first
/// @param provenSequence everything up to here is proven
/// @param prunedSequence everything up to here has been deleted
/// @param prunedId id of the last transaction that was deleted, [Hash#ZERO] before the first
public record JournalCursors(
        long captured,
        long counted,
        long signedCapture,
        long signedSequence,
        Hash signedId,
        long signed,
        long sentSequence,
        long sent,
        long provenSequence,
        long proven,
        long prunedSequence,
        Hash prunedId) {
    static final JournalCursors START =
            new JournalCursors(0, 0, 0, 0, Hash.ZERO, 0, 0, 0, 0, 0, 0, Hash.ZERO);

    public JournalCursors {
        boolean pulses = counted >= signed && signed >= sent && sent >= proven && proven >= 0;
        boolean sequences =
                signedSequence >= sentSequence
                        && sentSequence >= provenSequence
                        && provenSequence >= prunedSequence
                        && prunedSequence >= 0;
        if (!pulses || !sequences || captured < signedCapture || signedCapture < 0) {
            throw new IllegalStateException(
                    "cursors out of order: counted %d, signed %d (%d), sent %d (%d), proven %d (%d)"
                            .formatted(
                                    counted,
                                    signed,
                                    signedSequence,
                                    sent,
                                    sentSequence,
                                    proven,
                                    provenSequence));
        }
    }

    /// The place of the next transaction to sign.
    public ChainLink nextLink() {
        return new ChainLink(signedSequence + 1, signedId);
    }

    /// What is thrown where a transaction is asked for that is deleted or not signed yet.
    IllegalArgumentException notKept(long sequence) {
        return new IllegalArgumentException(
                "transaction %d is not in the journal, it holds %d to %d"
                        .formatted(sequence, prunedSequence + 1, signedSequence));
    }
}

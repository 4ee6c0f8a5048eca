package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.merkle.RangeProof;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.Height;
import java.util.List;

/// All of one sender's transactions of one type in one block, by one range proof: `[height, type,
/// first sequence, last sequence, first leaf, tree size, path]`. The transactions themselves are
/// not in it: their sender has them.
///
/// @param firstSequence of the first such transaction in the block
/// @param lastSequence of the last one; between them the sender's chain may hold other types
public record ChainProof(
        Height height,
        TransactionType type,
        long firstSequence,
        long lastSequence,
        RangeProof range) {
    public ChainProof {
        if (firstSequence < 1 || lastSequence < firstSequence) {
            throw new IllegalArgumentException(
                    "sequences %d to %d are no range".formatted(firstSequence, lastSequence));
        }
    }

    /// Checks the proof against a header that is trusted already.
    ///
    /// @param own the sender's transactions of this type from first to last sequence, in order
    public ProofCheck check(Header header, List<SignedTransaction> own) {
        if (!header.height().equals(height)) {
            return new ProofCheck.WrongHeight(header.height(), height);
        }
        if (range.size() != header.content().count()) {
            return new ProofCheck.WrongTreeSize(header.content().count(), range.size());
        }
        return ProofCheck.of(
                range.verify(
                        own.stream()
                                .map(transaction -> MerkleTree.leafHash(transaction.encode()))
                                .toList(),
                        header.content().root()));
    }

    /// Appends this as one item.
    public void write(CborWriter writer) {
        writer.array(7)
                .unsigned(height.value())
                .unsigned(type.code())
                .unsigned(firstSequence)
                .unsigned(lastSequence)
                .unsigned(range.first())
                .unsigned(range.size());
        ProofPath.write(writer, range.path());
    }

    /// Reads one from a longer message.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static ChainProof read(CborReader reader) throws MalformedException {
        try {
            reader.arrayOf("chain proof", 7);
            Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
            TransactionType type = TransactionType.ofCode(reader.unsigned("type", 8));
            long first = reader.unsigned("first sequence", ChainLink.MAX_SEQUENCE);
            long last = reader.unsigned("last sequence", ChainLink.MAX_SEQUENCE);
            long leaf = reader.unsigned("first leaf", Header.MAX_TRANSACTIONS);
            long size = reader.unsigned("tree size", Header.MAX_TRANSACTIONS);
            return new ChainProof(
                    height, type, first, last, new RangeProof(leaf, size, ProofPath.read(reader)));
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("chain proof: " + refused.getMessage());
        }
    }
}

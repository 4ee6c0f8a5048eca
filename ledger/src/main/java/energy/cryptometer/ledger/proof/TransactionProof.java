package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.unit.Height;

/// One transaction stands in one block: `[height, COSE_Sign1, index, tree size, path]`.
public record TransactionProof(
        Height height, SignedTransaction transaction, InclusionProof inclusion) {
    /// Largest encoding, in bytes.
    public static final int MAX_BYTES = Transaction.MAX_PAYLOAD_BYTES + 8 * 1024;

    /// Checks the proof against a header that is trusted already.
    public ProofCheck check(Header header) {
        if (!header.height().equals(height)) {
            return new ProofCheck.WrongHeight(header.height(), height);
        }
        if (inclusion.size() != header.content().count()) {
            return new ProofCheck.WrongTreeSize(header.content().count(), inclusion.size());
        }
        return ProofCheck.of(
                inclusion.verify(
                        MerkleTree.leafHash(transaction.encode()), header.content().root()));
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(5)
                .unsigned(height.value())
                .bytes(transaction.encode())
                .unsigned(inclusion.index())
                .unsigned(inclusion.size());
        ProofPath.write(writer, inclusion.path());
        return writer.toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static TransactionProof decode(byte[] bytes, Community community)
            throws MalformedException {
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("transaction proof", 5);
            Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
            byte[] signed = reader.bytes("transaction", Transaction.MAX_PAYLOAD_BYTES + 256);
            long index = reader.unsigned("leaf index", Header.MAX_TRANSACTIONS);
            long size = reader.unsigned("tree size", Header.MAX_TRANSACTIONS);
            InclusionProof inclusion = new InclusionProof(index, size, ProofPath.read(reader));
            reader.end("transaction proof");
            return new TransactionProof(
                    height, SignedTransaction.decode(signed, community), inclusion);
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("transaction proof: " + refused.getMessage());
        }
    }
}

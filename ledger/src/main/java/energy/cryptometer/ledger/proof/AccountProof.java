package energy.cryptometer.ledger.proof;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.unit.Height;

/// One account as it stood after one block: `[height, leaf, index, tree size, path]`. Two of them
/// are a bill.
public record AccountProof(Height height, Account account, InclusionProof inclusion) {
    /// Largest encoding, in bytes.
    public static final int MAX_BYTES = Account.MAX_BYTES + 8 * 1024;

    /// Checks the proof against a header that is trusted already.
    public ProofCheck check(Header header) {
        if (!header.height().equals(height)) {
            return new ProofCheck.WrongHeight(header.height(), height);
        }
        if (inclusion.size() != header.state().count()) {
            return new ProofCheck.WrongTreeSize(header.state().count(), inclusion.size());
        }
        return ProofCheck.of(
                inclusion.verify(MerkleTree.leafHash(account.encode()), header.state().root()));
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(5)
                .unsigned(height.value())
                .bytes(account.encode())
                .unsigned(inclusion.index())
                .unsigned(inclusion.size());
        ProofPath.write(writer, inclusion.path());
        return writer.toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static AccountProof decode(byte[] bytes) throws MalformedException {
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("account proof", 5);
            Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
            Account account = Account.decode(reader.bytes("state leaf", Account.MAX_BYTES));
            long index = reader.unsigned("leaf index", Header.MAX_TRANSACTIONS);
            long size = reader.unsigned("tree size", Header.MAX_TRANSACTIONS);
            InclusionProof inclusion = new InclusionProof(index, size, ProofPath.read(reader));
            reader.end("account proof");
            return new AccountProof(height, account, inclusion);
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("account proof: " + refused.getMessage());
        }
    }
}

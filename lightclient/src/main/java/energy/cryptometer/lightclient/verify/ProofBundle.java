package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.proof.TransactionProof;

/// One transaction with all that shows it stands in an approved block, for a reader without a
/// network: `["cryptometer-proof-1", genesis hash, signed header, transaction proof]`, where the
/// last two are byte strings.
public record ProofBundle(SignedHeader header, TransactionProof proof) {
    /// First element of every bundle of this version.
    public static final String MAGIC = "cryptometer-proof-1";

    /// Largest encoding, in bytes.
    public static final int MAX_BYTES = SignedHeader.MAX_BYTES + TransactionProof.MAX_BYTES + 128;

    public byte[] encode(Community community) {
        return new CborWriter()
                .array(4)
                .text(MAGIC)
                .bytes(community.genesis().toBytes())
                .bytes(header.encode(community))
                .bytes(proof.encode())
                .toByteArray();
    }

    /// Decodes a bundle of this community strictly; verifies nothing.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static ProofBundle decode(byte[] bytes, Community community) throws MalformedException {
        CborReader reader = begin(bytes);
        Hash genesis = Hash.of(reader.bytesOf("genesis hash", Hash.BYTES));
        if (!genesis.equals(community.genesis())) {
            throw new MalformedException(
                    "proof bundle is of community %s, expected %s".formatted(genesis, community));
        }
        byte[] header = reader.bytes("signed header", SignedHeader.MAX_BYTES);
        byte[] proof = reader.bytes("transaction proof", TransactionProof.MAX_BYTES);
        reader.end("proof bundle");
        return new ProofBundle(
                SignedHeader.decode(header, community), TransactionProof.decode(proof, community));
    }

    /// The genesis hash a bundle names.
    ///
    /// @throws MalformedException if it does not begin as a bundle does
    static Hash communityOf(byte[] bytes) throws MalformedException {
        return Hash.of(begin(bytes).bytesOf("genesis hash", Hash.BYTES));
    }

    private static CborReader begin(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "proof bundle has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        CborReader reader = new CborReader(bytes);
        reader.arrayOf("proof bundle", 4);
        String magic = reader.text("bundle format", 64);
        if (!magic.equals(MAGIC)) {
            throw new MalformedException(
                    "bundle format is '%s', expected '%s'".formatted(magic, MAGIC));
        }
        return reader;
    }
}

package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.cose.Sign1;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A transaction in its COSE_Sign1 envelope (RFC 9052), of one community. Its id is SHA-256 of the
/// signed structure without the signature: another signature of the same words is the same
/// transaction.
///
/// Nothing here says the signature is valid: see [#verify].
public final class SignedTransaction {
    /// Order inside a block: by type, sender, sequence. One meter's pulses are neighbours.
    public static final Comparator<SignedTransaction> BLOCK_ORDER =
            Comparator.comparingInt((SignedTransaction tx) -> tx.content.type().code())
                    .thenComparing(SignedTransaction::signer)
                    .thenComparingLong(tx -> tx.content.sequence());

    private final Sign1 envelope;
    private final Transaction content;
    private final Hash id;

    private SignedTransaction(Sign1 envelope, Transaction content, Community community) {
        this.envelope = envelope;
        this.content = content;
        this.id = envelope.id(community.transactionAad());
    }

    /// Decodes a COSE_Sign1 strictly, its payload included.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static SignedTransaction decode(byte[] bytes, Community community)
            throws MalformedException {
        Sign1 envelope = Sign1.decode(bytes);
        return new SignedTransaction(envelope, Transaction.decode(envelope.payload()), community);
    }

    public static SignedTransaction sign(Transaction content, Signer signer, Community community) {
        Sign1 envelope = Sign1.sign(signer, content.payload(), community.transactionAad());
        return new SignedTransaction(envelope, content, community);
    }

    /// Puts an envelope together again from its parts.
    ///
    /// @param signature 64 bytes
    public static SignedTransaction of(
            Transaction content, KeyId signer, byte[] signature, Community community) {
        return new SignedTransaction(
                Sign1.of(signer, content.payload(), signature), content, community);
    }

    /// The bytes a signer signs for this transaction.
    public static byte[] signatureInput(Transaction content, KeyId signer, Community community) {
        return Sign1.signatureInput(signer, content.payload(), community.transactionAad());
    }

    public Transaction content() {
        return content;
    }

    public Hash id() {
        return id;
    }

    public KeyId signer() {
        return envelope.signer();
    }

    /// 64 bytes, r then s.
    public byte[] signature() {
        return envelope.signature();
    }

    public SignatureVerdict verify(PublicKey key) {
        return envelope.verify(key, id);
    }

    /// The COSE_Sign1 bytes: what a leaf of a block's tree is made of.
    public byte[] encode() {
        return envelope.encode();
    }

    /// The link of the sender's next transaction.
    public ChainLink next() {
        return content.link().after(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedTransaction that
                && id.equals(that.id)
                && Arrays.equals(signature(), that.signature());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "%s %d of %s".formatted(content.type(), content.sequence(), signer());
    }
}

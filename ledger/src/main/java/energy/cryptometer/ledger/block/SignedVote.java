package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.cose.Sign;
import energy.cryptometer.ledger.cose.SignerSignature;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.List;
import java.util.OptionalInt;

/// One node's vote as a message of its own: a COSE_Sign (RFC 9052) of one signer with the vote
/// inside. A [Certificate] is made of the same signatures, byte by byte: a node signs a vote once,
/// and what it signed both travels alone and counts in the certificate.
public record SignedVote(Vote vote, SignerSignature signature) {
    /// Largest encoded vote, in bytes.
    public static final int MAX_BYTES = 256;

    private static final int MAX_PAYLOAD_BYTES = 64;

    /// What a vote is worth for a node set.
    public sealed interface Verdict {
        /// A member of the set has signed it.
        ///
        /// @param node its index in the set
        record Valid(int node) implements Verdict {}

        /// The signer is no member of the set.
        record UnknownSigner(KeyId signer) implements Verdict {}

        /// The signature does not verify.
        record BadSignature(KeyId signer, SignatureVerdict why) implements Verdict {}
    }

    public static SignedVote sign(Vote vote, Signer signer, Community community) {
        return new SignedVote(
                vote, SignerSignature.sign(signer, vote.payload(community), community.voteAad()));
    }

    public byte[] encode(Community community) {
        return Sign.of(List.of(signature)).encodeAround(vote.payload(community));
    }

    /// Decodes strictly; checks no signature.
    ///
    /// @throws WrongCommunityException if the vote belongs to another community
    /// @throws MalformedException naming the field, the value and the limit
    public static SignedVote decode(byte[] bytes, Community community) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "vote has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        Sign.WithPayload message = Sign.decodeAround(bytes, MAX_PAYLOAD_BYTES);
        List<SignerSignature> signatures = message.sign().signatures();
        if (signatures.size() != 1) {
            throw new MalformedException(
                    "vote has %d signatures, expected 1".formatted(signatures.size()));
        }
        return new SignedVote(Vote.decode(message.payload(), community), signatures.getFirst());
    }

    public KeyId signer() {
        return signature.signer();
    }

    /// Membership first: a stranger costs no elliptic curve operation.
    public Verdict verify(NodeSet nodes, Community community) {
        OptionalInt node = nodes.indexOf(signer());
        if (node.isEmpty()) {
            return new Verdict.UnknownSigner(signer());
        }
        SignatureVerdict verdict =
                signature.verify(
                        nodes.get(node.getAsInt()).key(),
                        vote.payload(community),
                        community.voteAad());
        return verdict.isValid()
                ? new Verdict.Valid(node.getAsInt())
                : new Verdict.BadSignature(signer(), verdict);
    }
}

package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.cose.Sign;
import energy.cryptometer.ledger.cose.SignerSignature;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// The precommits that approved a block: a COSE_Sign (RFC 9052) whose detached payload is the vote
/// for that header, one signature per node, ascending by key id.
public record Certificate(Sign signatures) {
    /// Largest encoded certificate, in bytes: 200 nodes.
    public static final int MAX_BYTES = 32 * 1024;

    /// What a certificate is worth for a header and a node set.
    public sealed interface Verdict {
        /// Enough members of the set signed this header.
        record Approved(int votes, int quorum) implements Verdict {}

        /// Every signature is good, but they are too few.
        record TooFew(int votes, int quorum) implements Verdict {}

        /// A signer is no member of the set.
        record UnknownSigner(String keyId) implements Verdict {}

        /// A signature does not verify.
        record BadSignature(String keyId, SignatureVerdict why) implements Verdict {}
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static Certificate decode(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "certificate has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        return new Certificate(Sign.decode(bytes));
    }

    /// The certificate that these votes are: the same precommit of different nodes.
    ///
    /// @throws IllegalArgumentException if they are not, or none
    public static Certificate of(Collection<SignedVote> votes) {
        Set<Vote> said = votes.stream().map(SignedVote::vote).collect(Collectors.toSet());
        if (said.size() != 1
                || said.stream()
                        .anyMatch(vote ->
                                vote.type() != Vote.Type.PRECOMMIT || vote.header().isEmpty())) {
            throw new IllegalArgumentException(
                    "a certificate is made of precommits for one header, not of " + said);
        }
        return new Certificate(
                Sign.of(
                        votes.stream()
                                .map(SignedVote::signature)
                                .sorted(Comparator.comparing(SignerSignature::signer))
                                .toList()));
    }

    /// One node's own precommit as a certificate: whole where the quorum is one.
    public static Certificate ofOne(Signer signer, Header header, Community community) {
        return of(List.of(SignedVote.sign(Vote.precommit(header, community), signer, community)));
    }

    public byte[] encode() {
        return signatures.encode();
    }

    /// Counts the good signatures of members. Cheap checks come first: a certificate with a signer
    /// outside the set, or with too few signatures, costs no elliptic curve operation.
    public Verdict verify(Header header, NodeSet nodes, Community community) {
        List<SignerSignature> given = signatures.signatures();
        for (SignerSignature signature : given) {
            if (nodes.indexOf(signature.signer()).isEmpty()) {
                return new Verdict.UnknownSigner(signature.signer().toString());
            }
        }
        if (given.size() < nodes.quorum()) {
            return new Verdict.TooFew(given.size(), nodes.quorum());
        }
        byte[] payload = Vote.precommit(header, community).payload(community);
        for (SignerSignature signature : given) {
            OptionalInt index = nodes.indexOf(signature.signer());
            SignatureVerdict verdict =
                    signature.verify(
                            nodes.get(index.orElseThrow()).key(), payload, community.voteAad());
            if (!(verdict instanceof SignatureVerdict.Valid)) {
                return new Verdict.BadSignature(signature.signer().toString(), verdict);
            }
        }
        return new Verdict.Approved(given.size(), nodes.quorum());
    }
}

package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.block.WrongCommunityException;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.rule.SignatureRule;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.time.Instant;
import java.util.List;

/// Verifies proofs against headers. A header needs no chain behind it here: a quorum's certificate
/// is checked again each time, so a header from anywhere is as good as a stored one.
public final class ProofVerifier {
    private final Genesis genesis;
    private final Policy policy;
    private final HeaderVerifier headers;
    private final SignatureRule signatures;

    public ProofVerifier(Genesis genesis, Policy policy) {
        this.genesis = genesis;
        this.policy = policy;
        this.headers = new HeaderVerifier(genesis, policy);
        this.signatures = new SignatureRule(genesis);
    }

    /// Verifies a bundle as it came from a file.
    ///
    /// @param now refuses a block whose market step has not ended
    public Finding<ProofBundle> bundle(byte[] encoded, Instant now) {
        ProofBundle bundle;
        try {
            Hash found = ProofBundle.communityOf(encoded);
            Hash expected = genesis.community().genesis();
            if (!found.equals(expected)) {
                return new Finding.WrongChain<>(found.toString(), expected.toString());
            }
            bundle = ProofBundle.decode(encoded, genesis.community());
        } catch (WrongCommunityException wrong) {
            return new Finding.WrongChain<>(wrong.found(), wrong.expected());
        } catch (MalformedException malformed) {
            return new Finding.Malformed<>(String.valueOf(malformed.getMessage()));
        }
        Instant time = genesis.schedule().time(bundle.header().header().height());
        if (time.isAfter(now.plus(policy.drift()))) {
            return new Finding.FromTheFuture<>(time, now);
        }
        return transaction(bundle.proof(), bundle.header()).map(_ -> bundle);
    }

    /// Verifies that a transaction stands in the block of this header, and that a member signed it.
    public Finding<SignedTransaction> transaction(TransactionProof proof, SignedHeader header) {
        Finding<SignedTransaction> finding =
                Finding.of(proof.check(header.header()), proof.transaction());
        return finding instanceof Finding.Proven
                ? headers.certified(header)
                        .or(() -> signatures.check(proof.transaction()))
                        .<Finding<SignedTransaction>>map(
                                refusal -> new Finding.Forged<>(header.header().height(), refusal))
                        .orElse(finding)
                : finding;
    }

    /// Verifies the state of the account that was asked for, after the block of this header.
    public Finding<ProvenAccount> account(
            AccountId asked, AccountProof proof, SignedHeader header) {
        Height height = header.header().height();
        Finding<ProvenAccount> finding =
                Finding.of(
                        proof.check(header.header()), new ProvenAccount(height, proof.account()));
        if (!(finding instanceof Finding.Proven)) {
            return finding;
        }
        if (!proof.account().account().equals(asked)) {
            return new Finding.Forged<>(
                    height,
                    Refusal.of(
                            Reason.WRONG_STATE_ROOT,
                            "proof is for account %s, asked was %s",
                            proof.account().account(),
                            asked));
        }
        return headers.certified(header)
                .<Finding<ProvenAccount>>map(refusal -> new Finding.Forged<>(height, refusal))
                .orElse(finding);
    }

    /// Verifies that all these transactions of one sender stand in the block of this header.
    ///
    /// @param own from the proof's first to its last sequence, those of its type
    public Finding<List<SignedTransaction>> chain(
            ChainProof proof, SignedHeader header, List<SignedTransaction> own) {
        Finding<List<SignedTransaction>> finding =
                Finding.of(proof.check(header.header(), own), List.copyOf(own));
        return finding instanceof Finding.Proven
                ? headers.certified(header)
                        .<Finding<List<SignedTransaction>>>map(
                                refusal -> new Finding.Forged<>(header.header().height(), refusal))
                        .orElse(finding)
                : finding;
    }
}

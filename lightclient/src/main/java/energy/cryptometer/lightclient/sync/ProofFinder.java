package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.ProofSearch.Failure;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Finding;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.ProofBundle;
import energy.cryptometer.lightclient.verify.ProofVerifier;
import energy.cryptometer.lightclient.verify.ProvenAccount;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.NodeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks nodes for proofs and believes the first that holds against a trusted header.
public final class ProofFinder {
    private final Genesis genesis;
    private final LightClient client;
    private final List<NodeClient> nodes;
    private final ProofVerifier verifier;
    private final HeaderVerifier headers;

    public ProofFinder(Genesis genesis, LightClient client, List<NodeClient> nodes) {
        this.genesis = genesis;
        this.client = client;
        this.nodes = List.copyOf(nodes);
        this.verifier = new ProofVerifier(genesis, Policy.USUAL);
        this.headers = new HeaderVerifier(genesis, Policy.USUAL);
    }

    /// One node's answer turned into a proof, or into why it is none.
    @FunctionalInterface
    private interface Question<T> {
        Attempt<T> ask(NodeClient node);
    }

    private sealed interface Attempt<T> {
        record Done<T>(T value) implements Attempt<T> {}

        record Failed<T>(Failure failure) implements Attempt<T> {}

        static <T> Attempt<T> of(NodeClient node, Finding<T> finding) {
            return finding instanceof Finding.Proven<T>(T value)
                    ? new Done<>(value)
                    : new Failed<>(Failure.of(node.address(), finding));
        }

        static <T> Attempt<T> of(NodeClient node, Answer<?> answer) {
            return new Failed<>(Failure.of(node.address(), answer));
        }
    }

    private <T> ProofSearch<T> search(Question<T> question) {
        List<Failure> failures = new ArrayList<>();
        for (NodeClient node : nodes) {
            switch (question.ask(node)) {
                case Attempt.Done<T>(T value) -> {
                    return new ProofSearch.Proven<>(value);
                }
                case Attempt.Failed<T>(Failure failure) -> failures.add(failure);
            }
        }
        return new ProofSearch.Unproven<>(failures);
    }

    /// An account as it stood after a block.
    public ProofSearch<ProvenAccount> account(AccountId id, Height height) {
        Optional<ProvenAccount> atGenesis =
                height.equals(Height.GENESIS)
                        ? ProvenAccount.atGenesis(genesis, id)
                        : Optional.empty();
        if (atGenesis.isPresent()) {
            return new ProofSearch.Proven<>(atGenesis.get());
        }
        return search(node ->
                switch (node.account(id, height)) {
                    case Answer.Got<AccountProof>(AccountProof proof) ->
                            header(node, height)
                                    .map(header ->
                                            Attempt.of(node, verifier.account(id, proof, header)))
                                    .orElseGet(() -> notTrusted(node, height));
                    case Answer<AccountProof> other -> Attempt.of(node, other);
                });
    }

    /// A transaction with the header of its block.
    public ProofSearch<ProofBundle> transaction(Hash id) {
        return search(node ->
                switch (node.transactionProof(id)) {
                    case Answer.Got<TransactionProof>(TransactionProof proof) ->
                            header(node, proof.height())
                                    .map(header -> Attempt.of(node, bundle(id, proof, header)))
                                    .orElseGet(() -> notTrusted(node, proof.height()));
                    case Answer<TransactionProof> other -> Attempt.of(node, other);
                });
    }

    private Finding<ProofBundle> bundle(Hash asked, TransactionProof proof, SignedHeader header) {
        Hash found = proof.transaction().id();
        return found.equals(asked)
                ? verifier.transaction(proof, header).map(_ -> new ProofBundle(header, proof))
                : new Finding.Malformed<>(
                        "proof is for transaction %s, asked was %s".formatted(found, asked));
    }

    /// A trusted header: one that is kept, or an older one of which the node proves that it belongs
    /// to the history our newest one signs.
    private Optional<SignedHeader> header(NodeClient node, Height height) {
        return client.header(height).or(() -> older(node, height));
    }

    private Optional<SignedHeader> older(NodeClient node, Height height) {
        Optional<SignedHeader> head = client.header(client.head());
        if (head.isEmpty() || height.compareTo(client.head()) >= 0) {
            return Optional.empty();
        }
        return node.headers(height, 1)
                .got()
                .flatMap(page -> page.headers().stream().findFirst())
                .filter(header ->
                        node.headerProof(height, client.head())
                                .got()
                                .filter(proof -> proof.height().equals(height))
                                .filter(proof ->
                                        headers.verifyOlder(proof, head.get(), header).proven())
                                .isPresent());
    }

    private <T> Attempt<T> notTrusted(NodeClient node, Height height) {
        return new Attempt.Failed<>(
                new Failure(
                        node.address(),
                        Conclusion.UNKNOWN_HEIGHT,
                        "no trusted header of %s; trusted is up to %s"
                                .formatted(height, client.head())));
    }
}

package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.NodeAccount;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// What must hold of a whole block. Cheap checks come first; every root is computed again.
public final class BlockRules {
    private final Genesis genesis;
    private final SignatureRule signatures;
    private final HeaderRules headers;

    /// Rules that verify every signature.
    public BlockRules(Genesis genesis) {
        this(genesis, SignedTransaction::verify);
    }

    /// Rules with another way to judge signatures.
    ///
    /// @param signatures how a transaction's signature is judged: a node that has verified it when
    ///   it arrived need not verify it again
    public BlockRules(
            Genesis genesis,
            BiFunction<SignedTransaction, PublicKey, SignatureVerdict> signatures) {
        this.genesis = genesis;
        this.signatures = new SignatureRule(genesis, signatures);
        this.headers = new HeaderRules(genesis.community(), genesis.nodes());
    }

    /// Checks an approved block and appends it. The certificate comes before the body: a stranger's
    /// block costs a few signatures, not thousands.
    public Outcome<ChainState> append(ChainState chain, Block block) {
        return headers.append(chain.tip(), new SignedHeader(block.header(), block.certificate()))
                .then(tip ->
                        checkBody(chain, block.header(), block.body())
                                .then(accounts ->
                                        new Outcome.Accepted<>(
                                                new ChainState(genesis, tip, accounts))));
    }

    /// Checks a proposal, which has no certificate yet.
    ///
    /// @return the accounts after it
    public Outcome<Accounts> check(ChainState chain, Header header, Body body) {
        Optional<Refusal> refusal = headers.check(chain.tip(), header);
        return refusal.isPresent()
                ? new Outcome.Refused<>(refusal.get())
                : checkBody(chain, header, body);
    }

    private Outcome<Accounts> checkBody(ChainState chain, Header header, Body body) {
        Optional<Refusal> refusal =
                checkContent(header, body.tree())
                        .or(() -> checkSettlement(chain, header, body))
                        .or(() -> checkSignatures(body));
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(refusal.get());
        }
        return after(chain, header.height(), header.election().proposer(), body)
                .then(accounts -> checkState(header, accounts));
    }

    /// The accounts after a body that closes the step of this height.
    static Outcome<Accounts> after(ChainState chain, Height height, int proposer, Body body) {
        return new Transition(chain.genesis(), chain.accounts(), height.closedStep())
                .apply(body.batches())
                .then(accounts ->
                        new Outcome.Accepted<>(
                                withProposer(
                                        accounts,
                                        chain.genesis().nodes().get(proposer).account(),
                                        height)));
    }

    private static Accounts withProposer(Accounts accounts, AccountId proposer, Height height) {
        SortedMap<AccountId, NodeAccount> nodes = new TreeMap<>(accounts.nodes());
        nodes.computeIfPresent(
                proposer, (id, node) -> new NodeAccount(id, height, node.proposed() + 1));
        return new Accounts(accounts.meters(), accounts.participants(), accounts.plant(), nodes);
    }

    private static Optional<Refusal> checkContent(Header header, MerkleTree tree) {
        if (tree.size() != header.content().count()
                || !tree.root().equals(header.content().root())) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_TRANSACTIONS_ROOT,
                            "body has %d leaves and root %s, the header says %d and %s",
                            tree.size(),
                            tree.root(),
                            header.content().count(),
                            header.content().root()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> checkSettlement(ChainState chain, Header header, Body body) {
        Settlement expected = Settlement.uncontested(header.election().proposer());
        if (!body.settlement().equals(expected)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_SETTLEMENT,
                            "settlement is %s, expected %s",
                            body.settlement(),
                            expected));
        }
        if (body.previous().isPresent() != chain.tip().last().isPresent()) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_CERTIFICATE,
                            "certificate of the previous block stands only above height 1"));
        }
        return body.previous().flatMap(certificate -> checkPrevious(chain, certificate));
    }

    private static Optional<Refusal> checkPrevious(ChainState chain, Certificate certificate) {
        var verdict =
                certificate.verify(
                        chain.tip().last().orElseThrow().header(),
                        chain.genesis().nodes(),
                        chain.genesis().community());
        return verdict instanceof Certificate.Verdict.Approved
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Reason.WRONG_CERTIFICATE,
                                "certificate of the previous block: %s",
                                verdict));
    }

    private Optional<Refusal> checkSignatures(Body body) {
        return body.transactions().stream()
                .map(signatures::check)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Outcome<Accounts> checkState(Header header, Accounts accounts) {
        MerkleTree tree = accounts.tree();
        if (tree.size() != header.state().count() || !tree.root().equals(header.state().root())) {
            return Outcome.refused(
                    Reason.WRONG_STATE_ROOT,
                    "state has %d leaves and root %s, the header says %d and %s",
                    tree.size(),
                    tree.root(),
                    header.state().count(),
                    header.state().root());
        }
        return new Outcome.Accepted<>(accounts);
    }
}

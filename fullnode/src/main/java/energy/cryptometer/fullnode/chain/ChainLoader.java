package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.merkle.GrowingTree;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.NodeAccount;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.state.PlantAccount;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the chain of what lies on disk, and believes nothing of it: the newest headers must follow
/// one another and carry good certificates, the newest one's history must be exactly the stored
/// headers, its body and its accounts must have the roots it signs.
final class ChainLoader {
    /// How many of the newest certificates are verified again at each start.
    static final int VERIFIED_CERTIFICATES = 64;

    private final Genesis genesis;
    private final BlockRows rows;

    ChainLoader(Genesis genesis, BlockRows rows) {
        this.genesis = genesis;
        this.rows = rows;
    }

    /// Fills `tree` with the header hashes and gives the chain.
    ///
    /// @throws ChainException DAMAGED naming the first thing that does not hold
    ChainState read(GrowingTree tree) {
        Hash origin = genesis.community().genesis();
        Frontier[] frontier = {Frontier.EMPTY, Frontier.EMPTY.append(ChainTip.leaf(origin))};
        tree.append(ChainTip.leaf(origin));
        rows.eachHeader(header -> {
            Hash leaf = ChainTip.leaf(Hash.sha256(header));
            tree.append(leaf);
            frontier[0] = frontier[1];
            frontier[1] = frontier[1].append(leaf);
        });
        Height height = rows.head();
        if (tree.size() != height.value() + 1) {
            throw damaged("%d headers are stored up to %s", tree.size() - 1, height);
        }
        if (height.equals(Height.GENESIS)) {
            return ChainState.of(genesis);
        }
        SignedHeader last = checkNewest(height);
        Header header = last.header();
        if (!header.headersRoot().equals(frontier[0].root())) {
            throw damaged("the stored headers are not the history that %s signs", height);
        }
        checkBody(header);
        Accounts accounts = accountsAt(height);
        if (!accounts.tree().root().equals(header.state().root())) {
            throw damaged("the stored accounts do not have the state root of %s", height);
        }
        Hash hash = header.hash(genesis.community().shortId());
        ChainTip tip =
                new ChainTip(Optional.of(last), hash, frontier[1], header.election().beacon());
        return new ChainState(genesis, tip, accounts);
    }

    private SignedHeader checkNewest(Height height) {
        long from = Math.max(1, height.value() - VERIFIED_CERTIFICATES + 1);
        Optional<SignedHeader> before = Optional.empty();
        for (StoredHeader stored : rows.headers(new Height(from), VERIFIED_CERTIFICATES)) {
            SignedHeader next = decode(stored);
            Certificate.Verdict verdict =
                    next.certificate().verify(next.header(), genesis.nodes(), genesis.community());
            if (!(verdict instanceof Certificate.Verdict.Approved)) {
                throw damaged("certificate of %s: %s", stored.height(), verdict);
            }
            if (before.isPresent() && !follows(before.get().header(), next.header())) {
                throw damaged("%s does not follow the header before it", stored.height());
            }
            before = Optional.of(next);
        }
        return before.orElseThrow();
    }

    private boolean follows(Header before, Header next) {
        return next.previous().equals(before.hash(genesis.community().shortId()));
    }

    private void checkBody(Header header) {
        MerkleTree tree = body(header.height()).tree();
        if (!tree.root().equals(header.content().root())) {
            throw damaged("the stored body does not have the root of %s", header.height());
        }
    }

    SignedHeader decode(StoredHeader stored) {
        try {
            return stored.decode(genesis.community());
        } catch (MalformedException malformed) {
            throw damaged(
                    "header of %s: %s", stored.height(), String.valueOf(malformed.getMessage()));
        }
    }

    Body body(Height height) {
        byte[] bytes =
                rows.body(height).orElseThrow(() -> damaged("the body of %s is missing", height));
        try {
            return Body.decode(bytes, genesis.community());
        } catch (MalformedException malformed) {
            throw damaged("body of %s: %s", height, String.valueOf(malformed.getMessage()));
        }
    }

    /// The accounts as they stood after a block.
    Accounts accountsAt(Height height) {
        Accounts first = Accounts.of(genesis);
        SortedMap<AccountId, MeterAccount> meters = new TreeMap<>();
        SortedMap<AccountId, ParticipantAccount> participants = new TreeMap<>();
        SortedMap<AccountId, NodeAccount> nodes = new TreeMap<>();
        List<PlantAccount> plants = new ArrayList<>();
        for (Account fresh : first.leaves()) {
            switch (at(fresh, height)) {
                case MeterAccount meter -> meters.put(meter.account(), meter);
                case ParticipantAccount one -> participants.put(one.account(), one);
                case NodeAccount node -> nodes.put(node.account(), node);
                case PlantAccount plant -> plants.add(plant);
            }
        }
        return new Accounts(meters, participants, plants.getFirst(), nodes);
    }

    private Account at(Account fresh, Height height) {
        Optional<byte[]> leaf = rows.leaf(fresh.account(), height);
        if (leaf.isEmpty()) {
            return fresh;
        }
        try {
            return Account.decode(leaf.get());
        } catch (MalformedException malformed) {
            throw damaged(
                    "leaf of %s: %s", fresh.account(), String.valueOf(malformed.getMessage()));
        }
    }

    /// A whole block.
    Block block(StoredHeader stored) {
        SignedHeader header = decode(stored);
        return new Block(header.header(), header.certificate(), body(stored.height()));
    }

    private static ChainException damaged(String format, Object... values) {
        return new ChainException(
                ChainException.Reason.DAMAGED,
                "the stored chain is damaged: %s; restore the store from a copy"
                        .formatted(format.formatted(values)));
    }
}

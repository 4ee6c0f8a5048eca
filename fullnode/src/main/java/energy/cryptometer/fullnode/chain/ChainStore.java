package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.GrowingTree;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The approved chain: its end in memory, its history on disk, and the trees that prove both. Safe
/// for threads; one of them appends.
public final class ChainStore {
    /// Transactions of opened bodies kept in memory: about 80 MB.
    private static final long KEPT_TRANSACTIONS = 100_000;

    private static final long KEPT_STATES = 8;

    private final Genesis genesis;
    private final Database database;
    private final BlockRows rows;
    private final ChainLoader reader;
    private final GrowingTree headers = new GrowingTree();
    private final AtomicReference<ChainState> chain;
    private final LruCache<BlockTree> blocks =
            new LruCache<>(KEPT_TRANSACTIONS, block -> block.tree().size());
    private final LruCache<StateTree> states = new LruCache<>(KEPT_STATES, _ -> 1);

    private ChainStore(Genesis genesis, Database database) {
        this.genesis = genesis;
        this.database = database;
        this.rows = new BlockRows(database);
        this.reader = new ChainLoader(genesis, rows);
        this.chain = new AtomicReference<>(reader.read(headers));
    }

    /// Reads the chain from the store and verifies its end.
    ///
    /// @throws ChainException DAMAGED naming the first thing that does not hold
    public static ChainStore open(Genesis genesis, Database database) {
        return new ChainStore(genesis, database);
    }

    public Genesis genesis() {
        return genesis;
    }

    /// The end of the chain now.
    public ChainState chain() {
        return chain.get();
    }

    public Height head() {
        return chain().tip().height();
    }

    public BlockRows rows() {
        return rows;
    }

    /// Appends an approved block; when this returns, it is on the disk and its transactions no
    /// longer wait.
    ///
    /// @param after the accounts after it
    public void append(Block block, Accounts after) {
        ChainState before = chain();
        ChainTip tip =
                before.tip()
                        .append(
                                new SignedHeader(block.header(), block.certificate()),
                                genesis.community());
        new BlockWrite(genesis.community(), block, before.accounts(), after).write(database);
        Height height = block.header().height();
        blocks.put(height.value(), BlockTree.of(height, block.body()));
        states.put(height.value(), StateTree.of(height, after));
        synchronized (headers) {
            headers.append(ChainTip.leaf(tip.hash()));
        }
        chain.set(new ChainState(genesis, tip, after));
    }

    /// An approved block's body with its tree.
    public Optional<BlockTree> block(Height height) {
        if (!isApproved(height)) {
            return Optional.empty();
        }
        Optional<BlockTree> kept = blocks.get(height.value());
        if (kept.isPresent()) {
            return kept;
        }
        BlockTree opened = BlockTree.of(height, reader.body(height));
        blocks.put(height.value(), opened);
        return Optional.of(opened);
    }

    /// An approved block, whole.
    public Optional<Block> whole(Height height) {
        return rows.header(height).map(reader::block);
    }

    /// The accounts after an approved block with their tree.
    public Optional<StateTree> state(Height height) {
        if (!isApproved(height)) {
            return Optional.empty();
        }
        Optional<StateTree> kept = states.get(height.value());
        if (kept.isPresent()) {
            return kept;
        }
        StateTree opened = StateTree.of(height, reader.accountsAt(height));
        states.put(height.value(), opened);
        return Optional.of(opened);
    }

    /// The proof that an older header belongs to the history of a newer approved one.
    public Optional<HeaderProof> headerProof(Height older, Height newer) {
        if (!isApproved(newer) || older.compareTo(newer) >= 0) {
            return Optional.empty();
        }
        synchronized (headers) {
            return Optional.of(
                    new HeaderProof(older, headers.inclusion(older.value(), newer.value()).path()));
        }
    }

    /// Where an approved transaction stands.
    public Optional<TransactionLocation> place(Hash id) {
        return rows.place(id);
    }

    private boolean isApproved(Height height) {
        return height.value() >= 1 && height.compareTo(head()) <= 0;
    }
}

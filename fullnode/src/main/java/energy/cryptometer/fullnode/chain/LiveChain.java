package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.rule.Chain;
import energy.cryptometer.ledger.rule.Tip;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The approved chain: its end in memory, its history on disk, and the trees that prove both. Safe
/// for threads; one of them appends.
public final class LiveChain {
    /// Transactions of opened bodies kept in memory: about 80 MB.
    private static final long KEPT_TRANSACTIONS = 100_000;

    private static final long KEPT_STATES = 8;

    private final Genesis genesis;
    private final Database database;
    private final BlockRows rows;
    private final ChainReader reader;
    private final HeaderTree headers = new HeaderTree();
    private final AtomicReference<Chain> chain;
    private final Recent<OpenBlock> blocks =
            new Recent<>(KEPT_TRANSACTIONS, block -> block.tree().size());
    private final Recent<OpenState> states = new Recent<>(KEPT_STATES, _ -> 1);

    private LiveChain(Genesis genesis, Database database) {
        this.genesis = genesis;
        this.database = database;
        this.rows = new BlockRows(database);
        this.reader = new ChainReader(genesis, rows);
        this.chain = new AtomicReference<>(reader.read(headers));
    }

    /// Reads the chain from the store and verifies its end.
    ///
    /// @throws ChainException DAMAGED naming the first thing that does not hold
    public static LiveChain open(Genesis genesis, Database database) {
        return new LiveChain(genesis, database);
    }

    public Genesis genesis() {
        return genesis;
    }

    /// The end of the chain now.
    public Chain chain() {
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
        Chain before = chain();
        Tip tip =
                before.tip()
                        .append(
                                new SignedHeader(block.header(), block.certificate()),
                                genesis.community());
        new Approval(genesis.community(), block, before.accounts(), after).write(database);
        Height height = block.header().height();
        blocks.put(height.value(), OpenBlock.of(height, block.body()));
        states.put(height.value(), OpenState.of(height, after));
        headers.append(Tip.leaf(tip.hash()));
        chain.set(new Chain(genesis, tip, after));
    }

    /// An approved block's body with its tree.
    public Optional<OpenBlock> block(Height height) {
        if (!isApproved(height)) {
            return Optional.empty();
        }
        Optional<OpenBlock> kept = blocks.get(height.value());
        if (kept.isPresent()) {
            return kept;
        }
        OpenBlock opened = OpenBlock.of(height, reader.body(height));
        blocks.put(height.value(), opened);
        return Optional.of(opened);
    }

    /// An approved block, whole.
    public Optional<Block> whole(Height height) {
        return rows.header(height).map(reader::block);
    }

    /// The accounts after an approved block with their tree.
    public Optional<OpenState> state(Height height) {
        if (!isApproved(height)) {
            return Optional.empty();
        }
        Optional<OpenState> kept = states.get(height.value());
        if (kept.isPresent()) {
            return kept;
        }
        OpenState opened = OpenState.of(height, reader.accountsAt(height));
        states.put(height.value(), opened);
        return Optional.of(opened);
    }

    /// The proof that an older header belongs to the history of a newer approved one.
    public Optional<HeaderProof> headerProof(Height older, Height newer) {
        if (!isApproved(newer) || older.compareTo(newer) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new HeaderProof(older, headers.path(older.value(), newer.value())));
    }

    /// Where an approved transaction stands.
    public Optional<Place> place(Hash id) {
        return rows.place(id);
    }

    private boolean isApproved(Height height) {
        return height.value() >= 1 && height.compareTo(head()) <= 0;
    }
}

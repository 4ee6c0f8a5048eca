package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.HeaderCodec;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything one approved block changes in the store, in one transaction: the block, the leaves it
/// changed, where its transactions stand, and the end of their waiting.
final class BlockWrite {
    private final Block block;
    private final Hash hash;
    private final byte[] header;
    private final byte[] body;
    private final List<Batch> pieces;
    private final List<Account> changed;

    BlockWrite(Community community, Block block, Accounts before, Accounts after) {
        this.block = block;
        this.header = HeaderCodec.encode(block.header(), community);
        this.hash = Hash.sha256(header);
        this.body = block.body().encode();
        this.pieces = block.body().batches();
        this.changed = changed(before, after);
    }

    private static List<Account> changed(Accounts before, Accounts after) {
        Map<Object, Account> old = new HashMap<>();
        before.leaves().forEach(leaf -> old.put(leaf.account(), leaf));
        return after.leaves().stream()
                .filter(leaf -> !leaf.equals(old.get(leaf.account())))
                .toList();
    }

    /// Writes it. Writing the same block again does nothing: after an I/O error nobody knows
    /// whether the first time counted.
    ///
    /// @throws IllegalStateException if another block has this height
    void write(Database database) {
        database.change(sql -> {
            long height = block.header().height().value();
            Optional<Hash> there =
                    sql.statement("SELECT hash FROM header WHERE height = ?")
                            .bind(height)
                            .first(row -> Hash.of(row.bytes(1)));
            if (there.isEmpty()) {
                writeBlock(sql, height);
                writeEntries(sql, height);
                writePieces(sql, height);
                writeLeaves(sql, height);
                sql.statement("DELETE FROM proposal WHERE height <= ?").bind(height).run();
            } else if (!there.get().equals(hash)) {
                throw new IllegalStateException(
                        "height %d holds %s and is never rewritten with %s"
                                .formatted(height, there.get(), hash));
            }
        });
    }

    private void writeBlock(Sql sql, long height) {
        sql.statement("INSERT INTO header (height, hash, header, certificate) VALUES (?, ?, ?, ?)")
                .bind(height)
                .bind(hash.toBytes())
                .bind(header)
                .bind(block.certificate().encode())
                .run();
        sql.statement("INSERT INTO body (height, bytes) VALUES (?, ?)")
                .bind(height)
                .bind(body)
                .run();
    }

    private void writeEntries(Sql sql, long height) {
        List<SignedTransaction> transactions = block.body().transactions();
        for (int i = 0; i < transactions.size(); i++) {
            sql.statement("INSERT INTO entry (id, height, leaf) VALUES (?, ?, ?)")
                    .bind(transactions.get(i).id().toBytes())
                    .bind(height)
                    .bind(Body.leafIndex(i))
                    .run();
        }
    }

    private void writePieces(Sql sql, long height) {
        for (Batch piece : pieces) {
            byte[] signer = piece.signer().toBytes();
            sql.statement("INSERT INTO piece (signer, height, first, last) VALUES (?, ?, ?, ?)")
                    .bind(signer)
                    .bind(height)
                    .bind(piece.link().sequence())
                    .bind(piece.lastSequence())
                    .run();
            sql.statement("DELETE FROM pending WHERE signer = ? AND last <= ?")
                    .bind(signer)
                    .bind(piece.lastSequence())
                    .run();
        }
    }

    private void writeLeaves(Sql sql, long height) {
        for (Account leaf : changed) {
            sql.statement("INSERT INTO leaf (account, height, bytes) VALUES (?, ?, ?)")
                    .bind(leaf.account().toBytes())
                    .bind(height)
                    .bind(leaf.encode())
                    .run();
        }
    }
}

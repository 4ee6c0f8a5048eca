package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.store.Database;
import java.util.List;

/// Acknowledged transactions on disk, until a block holds them.
public final class PendingRows {
    private final Database database;

    public PendingRows(Database database) {
        this.database = database;
    }

    /// Writes a piece that continues its sender's chain; when this returns, it is on the disk. What
    /// a failed write may have left at the same place is replaced.
    public void add(Batch piece) {
        byte[] signer = piece.signer().toBytes();
        byte[] wire = piece.encode();
        database.change(sql -> {
            sql.statement("DELETE FROM pending WHERE signer = ? AND last >= ?")
                    .bind(signer)
                    .bind(piece.link().sequence())
                    .run();
            sql.statement("INSERT INTO pending (signer, first, last, batch) VALUES (?, ?, ?, ?)")
                    .bind(signer)
                    .bind(piece.link().sequence())
                    .bind(piece.lastSequence())
                    .bind(wire)
                    .run();
        });
    }

    /// All pieces of a sender, ascending.
    public List<byte[]> of(KeyId signer) {
        return database.read(sql ->
                sql.statement("SELECT batch FROM pending WHERE signer = ? ORDER BY first")
                        .bind(signer.toBytes())
                        .list(row -> row.bytes(1)));
    }
}

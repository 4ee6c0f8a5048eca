package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Migrations;
import energy.cryptometer.store.Sql;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The one SQLite file of a node and whose it is.
public final class NodeFile {
    /// `cmnd` in ASCII.
    private static final int APPLICATION_ID = 0x636d6e64;

    private static final Migrations MIGRATIONS =
            Migrations.of(APPLICATION_ID, NodeFile.class, "001-node.sql");

    private NodeFile() {}

    /// Opens the file for its one owner, makes it where it is missing, and ties it to the
    /// community.
    ///
    /// @param signedGenesis the genesis as its authority signed it; kept for exports
    /// @throws ChainException OTHER_COMMUNITY if it belongs to another genesis
    public static Database open(Path file, Genesis genesis, byte[] signedGenesis) {
        Database database = Database.open(file, MIGRATIONS);
        try {
            byte[] ours = genesis.community().genesis().toBytes();
            database.change(sql -> {
                Optional<byte[]> found = community(sql);
                if (found.isEmpty()) {
                    sql.statement("INSERT INTO community (id, hash, genesis) VALUES (1, ?, ?)")
                            .bind(ours)
                            .bind(signedGenesis)
                            .run();
                }
            });
            requireOurs(file, database, genesis);
            return database;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /// Opens the file for reading while the node may be running.
    public static Database openReadOnly(Path file, Genesis genesis) {
        Database database = Database.openReadOnly(file, MIGRATIONS);
        try {
            requireOurs(file, database, genesis);
            return database;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    private static void requireOurs(Path file, Database database, Genesis genesis) {
        byte[] ours = genesis.community().genesis().toBytes();
        Optional<byte[]> found = database.read(NodeFile::community);
        if (found.isEmpty() || !Arrays.equals(found.get(), ours)) {
            throw new ChainException(
                    ChainException.Reason.OTHER_COMMUNITY,
                    "store %s belongs to another community than the genesis %s: give another store"
                                    .formatted(file, genesis.community())
                            + " or the right genesis");
        }
    }

    private static Optional<byte[]> community(Sql sql) {
        return sql.statement("SELECT hash FROM community WHERE id = 1").first(row -> row.bytes(1));
    }
}

package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Evidence;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Migrations;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Trusted headers in a file. A community's file is never used for another one.
public final class SqliteHeaderStore implements HeaderStore {
    /// Headers kept besides the head: two years of quarter-hours, about 45 MB with one node.
    public static final long KEPT_HEADERS = 70_080;

    private static final int APPLICATION_ID = 0x43724C63; // "CrLc"
    private static final Migrations SCHEMA =
            Migrations.of(APPLICATION_ID, SqliteHeaderStore.class, "001-start.sql");

    private final Database database;
    private final Community community;

    private SqliteHeaderStore(Database database, Community community) {
        this.database = database;
        this.community = community;
    }

    /// Opens the file for its one owner, or makes it.
    ///
    /// @throws UntrustedStoreException if it belongs to another community
    /// @throws energy.cryptometer.store.StoreException if the disk, the file or another owner
    ///   refuses
    public static SqliteHeaderStore open(Path file, Community community) {
        return checked(Database.open(file, SCHEMA), community);
    }

    /// Opens the file for a look, while its owner may be at work.
    ///
    /// @throws UntrustedStoreException if it belongs to another community
    public static SqliteHeaderStore openReadOnly(Path file, Community community) {
        return checked(Database.openReadOnly(file, SCHEMA), community);
    }

    private static SqliteHeaderStore checked(Database database, Community community) {
        Optional<Hash> found =
                database.read(sql ->
                        sql.statement("SELECT genesis FROM chain WHERE id = 1")
                                .first(row -> Hash.of(row.bytes(1))));
        if (found.filter(genesis -> !genesis.equals(community.genesis())).isPresent()) {
            database.close();
            throw new UntrustedStoreException(
                    new Verdict.WrongChain(found.get().toString(), community.toString()));
        }
        return new SqliteHeaderStore(database, community);
    }

    @Override
    public Optional<TrustedHead> head() {
        return database.read(sql ->
                sql.statement("SELECT height, signed, earlier FROM chain WHERE id = 1")
                        .first(row ->
                                new TrustedHead(
                                        signed(row.bytes(2)),
                                        frontier(row.number(1), row.bytes(3)))));
    }

    @Override
    public boolean advance(Height expected, List<SignedHeader> headers, TrustedHead head) {
        return database.write(sql -> {
            if (!height(sql).equals(expected) || frozen(sql)) {
                return false;
            }
            for (SignedHeader header : headers) {
                sql.statement("INSERT INTO header (height, signed) VALUES (?, ?)")
                        .bind(header.header().height().value())
                        .bind(header.encode(community))
                        .run();
            }
            long height = head.header().header().height().value();
            sql.statement(
                            "INSERT OR REPLACE INTO chain (id, genesis, height, signed, earlier)"
                                    + " VALUES (1, ?, ?, ?, ?)")
                    .bind(community.genesis().toBytes())
                    .bind(height)
                    .bind(head.header().encode(community))
                    .bind(peaks(head.earlier()))
                    .run();
            sql.statement("DELETE FROM header WHERE height <= ?").bind(height - KEPT_HEADERS).run();
            return true;
        });
    }

    private static Height height(Sql sql) {
        return sql.statement("SELECT height FROM chain WHERE id = 1")
                .first(row -> new Height(row.number(1)))
                .orElse(Height.GENESIS);
    }

    private static boolean frozen(Sql sql) {
        return sql.statement("SELECT count(*) FROM evidence").number() > 0;
    }

    @Override
    public Optional<SignedHeader> header(Height height) {
        return database.read(sql ->
                sql.statement("SELECT signed FROM header WHERE height = ?")
                        .bind(height.value())
                        .first(row -> signed(row.bytes(1))));
    }

    @Override
    public Optional<Evidence> evidence() {
        return database.read(sql ->
                sql.statement("SELECT ours, theirs FROM evidence WHERE id = 1").first(this::read));
    }

    private Evidence read(Row row) {
        return new Evidence(signed(row.bytes(1)), signed(row.bytes(2)));
    }

    @Override
    public void freeze(Evidence evidence) {
        database.change(sql ->
                sql.statement(
                                "INSERT INTO evidence (id, ours, theirs) VALUES (1, ?, ?)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind(evidence.ours().encode(community))
                        .bind(evidence.theirs().encode(community))
                        .run());
    }

    @Override
    public void close() {
        database.close();
    }

    private SignedHeader signed(byte[] bytes) {
        try {
            return SignedHeader.decode(bytes, community);
        } catch (MalformedException malformed) {
            throw new UntrustedStoreException(
                    new Verdict.Malformed(String.valueOf(malformed.getMessage())));
        }
    }

    /// The roots one after the other, 32 bytes each, largest subtree first.
    private static byte[] peaks(Frontier frontier) {
        byte[] bytes = new byte[frontier.peaks().size() * Hash.BYTES];
        for (int i = 0; i < frontier.peaks().size(); i++) {
            System.arraycopy(
                    frontier.peaks().get(i).toBytes(), 0, bytes, i * Hash.BYTES, Hash.BYTES);
        }
        return bytes;
    }

    private static Frontier frontier(long size, byte[] peaks) {
        if (size < 1 || peaks.length != Long.bitCount(size) * Hash.BYTES) {
            throw new UntrustedStoreException(
                    new Verdict.Malformed(
                            "tree of %d headers is kept in %d bytes, expected %d"
                                    .formatted(
                                            size, peaks.length, Long.bitCount(size) * Hash.BYTES)));
        }
        List<Hash> hashes = new ArrayList<>();
        for (int at = 0; at < peaks.length; at += Hash.BYTES) {
            hashes.add(Hash.of(Arrays.copyOfRange(peaks, at, at + Hash.BYTES)));
        }
        return new Frontier(size, hashes);
    }
}

package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the approved part of the store. Every call is one short read.
public final class BlockRows {
    private final Database database;

    public BlockRows(Database database) {
        this.database = database;
    }

    /// The height of the newest approved block; the genesis where there is none.
    public Height head() {
        return database.read(sql ->
                new Height(sql.statement("SELECT coalesce(max(height), 0) FROM header").number()));
    }

    public Optional<StoredHeader> header(Height height) {
        return headers(height, 1).stream()
                .filter(found -> found.height().equals(height))
                .findFirst();
    }

    /// Approved headers from a height on, ascending, at most `count`.
    public List<StoredHeader> headers(Height from, int count) {
        return database.read(sql ->
                sql.statement(
                                "SELECT height, header, certificate FROM header WHERE height >= ?"
                                        + " ORDER BY height LIMIT ?")
                        .bind(from.value())
                        .bind(count)
                        .list(BlockRows::storedHeader));
    }

    private static StoredHeader storedHeader(Row row) {
        return new StoredHeader(new Height(row.number(1)), row.bytes(2), row.bytes(3));
    }

    /// The header bytes of all blocks, ascending, one at a time.
    void eachHeader(Consumer<byte[]> reader) {
        boolean _ =
                database.read(sql -> {
                    sql.statement("SELECT header FROM header ORDER BY height")
                            .each(row -> reader.accept(row.bytes(1)));
                    return true;
                });
    }

    /// The encoded body.
    public Optional<byte[]> body(Height height) {
        return database.read(sql ->
                sql.statement("SELECT bytes FROM body WHERE height = ?")
                        .bind(height.value())
                        .first(row -> row.bytes(1)));
    }

    /// An account's encoded leaf after a block, if a block has changed it since the genesis.
    Optional<byte[]> leaf(AccountId account, Height height) {
        return database.read(sql ->
                sql.statement(
                                "SELECT bytes FROM leaf WHERE account = ? AND height <= ?"
                                        + " ORDER BY height DESC LIMIT 1")
                        .bind(account.toBytes())
                        .bind(height.value())
                        .first(row -> row.bytes(1)));
    }

    /// Where an approved transaction stands.
    public Optional<TransactionLocation> place(Hash id) {
        return database.read(sql ->
                sql.statement("SELECT height, leaf FROM entry WHERE id = ?")
                        .bind(id.toBytes())
                        .first(row ->
                                new TransactionLocation(new Height(row.number(1)), row.number(2))));
    }

    /// The block that holds a sender's transaction with this sequence.
    public Optional<Height> heightOf(KeyId signer, long sequence) {
        return database.read(sql ->
                sql.statement(
                                "SELECT height FROM piece WHERE signer = ? AND first <= ?"
                                        + " AND last >= ? LIMIT 1")
                        .bind(signer.toBytes())
                        .bind(sequence)
                        .bind(sequence)
                        .first(row -> new Height(row.number(1))));
    }

    /// The genesis as its authority signed it.
    public byte[] signedGenesis() {
        return database.read(sql ->
                        sql.statement("SELECT genesis FROM community WHERE id = 1")
                                .first(row -> row.bytes(1)))
                .orElseThrow();
    }

    /// Acknowledged transactions that wait for their block.
    public long pending() {
        return database.read(sql ->
                sql.statement("SELECT coalesce(sum(last - first + 1), 0) FROM pending").number());
    }
}

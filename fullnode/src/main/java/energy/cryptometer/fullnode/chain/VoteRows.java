package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.HeaderCodec;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Row;
import energy.cryptometer.store.Sql;
import java.util.Optional;

/// The votes of this node, on the disk before it signs them: one for each height, round and type,
/// for ever, and never one that goes back in this order. Whatever crashes when, no second signature
/// leaves the node.
///
/// ```text
///   (5, 0, prevote) ► (5, 0, precommit) ► (5, 1, prevote) ► (6, 0, prevote) ► ...
///                          last vote ──────────┘
///                 the same again: signed again    anything before it: refused
/// ```
public final class VoteRows {
    private final Database database;
    private final Community community;

    public VoteRows(Database database, Community community) {
        this.database = database;
        this.community = community;
    }

    /// A block that may be voted for.
    public record Proposed(Header header, Body body) {}

    /// Writes a vote down. When this returns, it may be signed.
    ///
    /// @throws IllegalStateException if this node has voted otherwise there, or voted later
    public void promise(Vote vote) {
        database.change(sql -> promise(sql, vote));
    }

    /// Writes a vote down together with the block it is for, so that after a crash the block can be
    /// had from [#proposal]. When this returns, the vote may be signed.
    ///
    /// @throws IllegalStateException if this node has voted otherwise there, or voted later
    public void promise(Vote vote, Proposed proposed) {
        byte[] header = HeaderCodec.encode(proposed.header(), community);
        byte[] body = proposed.body().encode();
        database.change(sql -> {
            promise(sql, vote);
            sql.statement(
                            "INSERT INTO proposal (height, round, header, body)"
                                    + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                    .bind(vote.height().value())
                    .bind(vote.round().number())
                    .bind(header)
                    .bind(body)
                    .run();
        });
    }

    private static void promise(Sql sql, Vote vote) {
        Optional<Vote> last = last(sql);
        int order = last.map(before -> Vote.ORDER.compare(vote, before)).orElse(1);
        if (order > 0) {
            insert(sql, vote);
        } else if (!vote.equals(last.orElseThrow())) {
            throw new IllegalStateException(
                    "this node has signed %s and must not sign %s"
                            .formatted(last.orElseThrow(), vote));
        }
    }

    private static void insert(Sql sql, Vote vote) {
        var row =
                sql.statement("INSERT INTO vote (height, round, type, hash) VALUES (?, ?, ?, ?)")
                        .bind(vote.height().value())
                        .bind(vote.round().number())
                        .bind(vote.type().code());
        Optional<byte[]> hash = vote.header().map(Hash::toBytes);
        int _ = (hash.isPresent() ? row.bind(hash.get()) : row.bindNull()).run();
    }

    /// The vote that this node wrote down last.
    public Optional<Vote> last() {
        return database.read(VoteRows::last);
    }

    private static Optional<Vote> last(Sql sql) {
        return sql.statement(
                        "SELECT height, round, type, hash FROM vote"
                                + " ORDER BY height DESC, round DESC, type DESC LIMIT 1")
                .first(VoteRows::vote);
    }

    private static Vote vote(Row row) {
        return new Vote(
                new Height(row.number(1)),
                new Round(Math.toIntExact(row.number(2))),
                Vote.Type.ofCode(row.number(3)),
                row.isNull(4) ? Optional.empty() : Optional.of(Hash.of(row.bytes(4))));
    }

    /// The block that was proposed in a round, if this node has voted for it and none is approved
    /// at its height yet.
    ///
    /// @throws ChainException DAMAGED if it does not decode
    public Optional<Proposed> proposal(Height height, Round round) {
        return database.read(sql ->
                        sql.statement(
                                        "SELECT header, body FROM proposal"
                                                + " WHERE height = ? AND round = ?")
                                .bind(height.value())
                                .bind(round.number())
                                .first(row -> new byte[][] {row.bytes(1), row.bytes(2)}))
                .map(row -> decoded(row[0], row[1]));
    }

    private Proposed decoded(byte[] header, byte[] body) {
        try {
            return new Proposed(
                    HeaderCodec.decode(header, community), Body.decode(body, community));
        } catch (MalformedException malformed) {
            throw new ChainException(
                    ChainException.Reason.DAMAGED,
                    "the stored proposal is damaged: " + malformed.getMessage());
        }
    }
}

package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.HeaderCodec;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Sql;
import java.util.Optional;

/// What this node signs, on disk before it signs.
public final class VoteRows {
    private final Database database;
    private final Community community;

    public VoteRows(Database database, Community community) {
        this.database = database;
        this.community = community;
    }

    /// A block this node has decided to vote for.
    public record Proposed(Header header, Body body) {}

    /// Writes a proposal and the vote for it. When this returns, the vote may be signed; after a
    /// crash the same proposal comes back from [#proposed].
    ///
    /// @throws IllegalStateException if another header has this height, round and step already
    public void promise(Proposed proposal) {
        Vote vote = Vote.precommit(proposal.header(), community);
        byte[] header = HeaderCodec.encode(proposal.header(), community);
        byte[] body = proposal.body().encode();
        database.change(sql -> {
            refuseSecond(sql, vote);
            sql.statement(
                            "INSERT INTO vote (height, round, step, hash) VALUES (?, ?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING")
                    .bind(vote.height().value())
                    .bind(vote.round())
                    .bind(vote.step().code())
                    .bind(vote.header().toBytes())
                    .run();
            sql.statement(
                            "INSERT INTO proposal (height, header, body) VALUES (?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING")
                    .bind(vote.height().value())
                    .bind(header)
                    .bind(body)
                    .run();
        });
    }

    private static void refuseSecond(Sql sql, Vote vote) {
        Optional<Hash> signed =
                sql.statement("SELECT hash FROM vote WHERE height = ? AND round = ? AND step = ?")
                        .bind(vote.height().value())
                        .bind(vote.round())
                        .bind(vote.step().code())
                        .first(row -> Hash.of(row.bytes(1)));
        if (signed.isPresent() && !signed.get().equals(vote.header())) {
            throw new IllegalStateException(
                    "this node has voted for %s at %s and must not vote for %s"
                            .formatted(signed.get(), vote.height(), vote.header()));
        }
    }

    /// The proposal for a height that was promised and is not approved yet.
    ///
    /// @throws ChainException DAMAGED if it does not decode
    public Optional<Proposed> proposed(Height height) {
        return database.read(sql ->
                        sql.statement("SELECT header, body FROM proposal WHERE height = ?")
                                .bind(height.value())
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

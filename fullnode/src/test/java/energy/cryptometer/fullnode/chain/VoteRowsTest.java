package energy.cryptometer.fullnode.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Proposal;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.store.Database;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node votes once, and never goes back.
class VoteRowsTest {
    @TempDir Path folder;
    private final SmallCommunity community = new SmallCommunity();
    private Database database;
    private VoteRows rows;

    @BeforeEach
    void open() {
        database = NodeFile.open(folder.resolve("node.sqlite"), community.genesis, new byte[0]);
        rows = new VoteRows(database, community.genesis.community());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private static Vote vote(long height, int round, Vote.Type type, Optional<Hash> header) {
        return new Vote(new Height(height), new Round(round), type, header);
    }

    private void refuses(Vote vote) {
        Optional<Vote> before = rows.last();
        assertThatThrownBy(() -> rows.promise(vote))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not sign " + vote);
        assertThat(rows.last()).isEqualTo(before);
    }

    @Test
    void aVoteIsThereAfterARestartAndMayBeSignedAgain() {
        Vote nil = vote(3, 1, Vote.Type.PRECOMMIT, Optional.empty());
        assertThat(rows.last()).isEmpty();
        rows.promise(nil);
        reopen();
        assertThat(rows.last()).contains(nil);
        rows.promise(nil);
        assertThat(rows.last()).contains(nil);
    }

    @Test
    void noSecondValueForTheSameHeightRoundAndType() {
        rows.promise(vote(3, 1, Vote.Type.PREVOTE, Optional.of(Hash.ZERO)));
        refuses(vote(3, 1, Vote.Type.PREVOTE, Optional.empty()));
        refuses(vote(3, 1, Vote.Type.PREVOTE, Optional.of(Hash.sha256())));
        reopen();
        refuses(vote(3, 1, Vote.Type.PREVOTE, Optional.empty()));
    }

    @Test
    void nilIsAVoteLikeAnyOther() {
        rows.promise(vote(3, 1, Vote.Type.PREVOTE, Optional.empty()));
        refuses(vote(3, 1, Vote.Type.PREVOTE, Optional.of(Hash.ZERO)));
    }

    @Test
    void nothingIsSignedThatComesBeforeTheLastVote() {
        rows.promise(vote(3, 1, Vote.Type.PREVOTE, Optional.empty()));
        rows.promise(vote(3, 1, Vote.Type.PRECOMMIT, Optional.empty()));
        refuses(vote(3, 1, Vote.Type.PREVOTE, Optional.empty()));
        refuses(vote(3, 0, Vote.Type.PRECOMMIT, Optional.empty()));
        refuses(vote(2, 9, Vote.Type.PRECOMMIT, Optional.empty()));
        rows.promise(vote(3, 2, Vote.Type.PREVOTE, Optional.empty()));
        rows.promise(vote(4, 0, Vote.Type.PREVOTE, Optional.empty()));
    }

    /// Whatever is asked for in whatever order: what was let through never contradicts itself and
    /// never goes back.
    @Test
    void whateverIsAskedForNothingIsSignedTwiceAndNothingGoesBack() {
        Seeds.forAll(
                5,
                random -> {
                    database.change(sql -> {
                        int _ = sql.statement("DELETE FROM vote").run();
                    });
                    Map<List<Object>, Optional<Hash>> signed = new HashMap<>();
                    Optional<Vote> last = Optional.empty();
                    for (int i = 0; i < 100; i++) {
                        Vote asked = draw(random);
                        boolean passes = passes(asked);
                        int order = last.map(before -> Vote.ORDER.compare(asked, before)).orElse(1);
                        assertThat(passes).isEqualTo(order > 0 || last.equals(Optional.of(asked)));
                        if (passes) {
                            last = Optional.of(asked);
                            List<Object> place =
                                    List.of(asked.height(), asked.round(), asked.type());
                            Optional<Hash> before = signed.put(place, asked.header());
                            assertThat(before).isIn(null, asked.header());
                        }
                    }
                });
    }

    private boolean passes(Vote vote) {
        try {
            rows.promise(vote);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static Vote draw(RandomGenerator random) {
        return vote(
                1 + random.nextInt(4),
                random.nextInt(3),
                random.nextBoolean() ? Vote.Type.PREVOTE : Vote.Type.PRECOMMIT,
                random.nextBoolean() ? Optional.empty() : Optional.of(Hash.ZERO));
    }

    @Test
    void eachRoundKeepsItsOwnProposal() {
        Proposal first = proposal(Round.FIRST);
        Proposal second = proposal(new Round(1));
        for (Proposal one : List.of(first, second)) {
            rows.promise(
                    Vote.prevote(one.header(), community.genesis.community()),
                    new VoteRows.Proposed(one.header(), one.body()));
        }
        reopen();
        Height height = first.header().height();
        assertThat(rows.proposal(height, Round.FIRST))
                .contains(new VoteRows.Proposed(first.header(), first.body()));
        assertThat(rows.proposal(height, new Round(1)))
                .contains(new VoteRows.Proposed(second.header(), second.body()));
        assertThat(rows.proposal(height, new Round(2))).isEmpty();
        assertThat(rows.proposal(height.next(), Round.FIRST)).isEmpty();
    }

    private Proposal proposal(Round round) {
        if (Proposal.build(ChainState.of(community.genesis), round, community.proposer, List.of())
                instanceof Outcome.Accepted<Proposal>(Proposal proposal)) {
            return proposal;
        }
        throw new AssertionError("refused");
    }
}

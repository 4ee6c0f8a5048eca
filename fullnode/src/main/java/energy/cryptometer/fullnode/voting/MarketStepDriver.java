package energy.cryptometer.fullnode.voting;

import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.timing.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Makes a block whenever one is due. A failing disk or token delays a block, and is told once; it
/// never skips one.
public final class MarketStepDriver implements Turn {
    /// The wall clock may jump, so it is asked again at least this often.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /// While catching up, at most this many blocks a second, so that meters are served too.
    private static final Duration CATCH_UP_PAUSE = Duration.ofMillis(4);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final long PROGRESS_EVERY = 100;

    private final VotingRound round;
    private final ChainStore chain;
    private final TimeSource time;
    private final NodeLog log;
    private final Consumer<Height> approved;
    private String complaint = "";

    /// @param approved called after each block, within the turn
    public MarketStepDriver(
            VotingRound round,
            ChainStore chain,
            TimeSource time,
            NodeLog log,
            Consumer<Height> approved) {
        this.round = round;
        this.chain = chain;
        this.time = time;
        this.log = log;
        this.approved = approved;
    }

    /// Does what is due now: at most one block.
    ///
    /// @return how long to wait before the next call
    @Override
    public Duration take() {
        Instant now = time.instant();
        return switch (BlockTimeline.at(now, chain.head(), chain.genesis().schedule())) {
            case BlockTimeline.Wait(Instant until) -> {
                Duration wait = Duration.between(now, until);
                yield wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
            }
            case BlockTimeline.Close(Height height, long behind) -> close(height, behind);
        };
    }

    private Duration close(Height height, long behind) {
        try {
            VotingRound.Closed closedBlock = round.closeNext(time);
            complaint = "";
            if (behind == 0 || closedBlock.transactions() > 0) {
                closedBlock.tell(log);
            }
            if (behind > 0 && height.value() % PROGRESS_EVERY == 0) {
                log.line("catching-up height=%d behind=%d".formatted(height.value(), behind));
            }
            approved.accept(height);
            return behind > 0 ? CATCH_UP_PAUSE : Duration.ZERO;
        } catch (StoreException | KeyException failure) {
            complain(height, String.valueOf(failure.getMessage()));
            return AFTER_FAILURE;
        } catch (RuntimeException unexpected) {
            complain(height, "unexpected: " + unexpected);
            return AFTER_FAILURE;
        }
    }

    private void complain(Height height, String why) {
        if (!why.equals(complaint)) {
            complaint = why;
            log.line("delayed height=%d: %s; trying again".formatted(height.value(), why));
        }
    }
}

package energy.cryptometer.firmware.sign;

import energy.cryptometer.firmware.journal.Captured;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalCursors;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.util.List;

/// The one thread that signs. It shares nothing with the other stages but the journal: when the
/// token is slow, counting goes on and the queue grows; when the token is gone, the stage tries
/// again with growing pauses.
public final class SignStage implements Stage {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    private static final int FIRST_ROUND = 4;
    private static final int MOST_AT_ONCE = 1000;

    /// A round should be on disk within about this time, however slow the token is.
    private static final Duration ROUND = Duration.ofMillis(500);

    /// Pulses that come meanwhile share a commit.
    private static final Duration IDLE = Duration.ofMillis(500);

    private final Journal journal;
    private final Signer signer;
    private final SigningSettings settings;
    private final BoardClock clock;
    private final Bundling bundling;
    private final CaptureTimes times;
    private final TimeSource time;
    private final SigningPace pace;
    private int limit = FIRST_ROUND;

    public SignStage(
            Journal journal,
            Signer signer,
            SigningSettings settings,
            BoardClock clock,
            TimeSource time) {
        this.journal = journal;
        this.signer = signer;
        this.settings = settings;
        this.clock = clock;
        this.time = time;
        this.pace = new SigningPace(time);
        this.bundling = new Bundling(settings.maxPulses());
        this.times = new CaptureTimes(settings.patience());
    }

    @Override
    public String name() {
        return "sign";
    }

    @Override
    public Duration runOnce() {
        long started = time.nanoTime();
        JournalCursors cursors = journal.cursors();
        long backlog = cursors.captured() - cursors.signedCapture();
        bundling.line(backlog)
                .ifPresent(line -> LOG.log(System.Logger.Level.INFO, "sign: {0}", line));
        int each = Bundling.pulsesEach(settings.maxPulses(), backlog);
        int wanted = Math.min(Journal.MAX_AT_ONCE, limit * each);
        BoardClock.Reading now = clock.read();
        List<Captured> waiting = journal.unsigned(wanted);
        List<Captured> captures = times.ready(waiting, now);
        boolean all = captures.size() == waiting.size() && waiting.size() < wanted;
        Community community = journal.identity().community();
        List<SignedTransaction> signed =
                new SigningPlan(
                                settings,
                                new SigningPlan.Start(
                                        journal.nextLink(), journal.pendingTransfers(), backlog),
                                now.wall(),
                                content ->
                                        pace.measured(() ->
                                                SignedTransaction.sign(content, signer, community)))
                        .sign(captures, all);
        if (signed.isEmpty()) {
            return IDLE;
        }
        journal.appendSigned(
                signed, captures.isEmpty() ? cursors.signedCapture() : captures.getLast().id());
        adapt(signed.size(), time.since(started));
        return Duration.ZERO;
    }

    /// What waits and how the token keeps up. For any thread: it reads the journal, and never waits
    /// for the token.
    public SigningQueue queue() {
        JournalCursors cursors = journal.cursors();
        BoardClock.Reading now = clock.read();
        return new SigningQueue(
                cursors.counted() - cursors.signed(),
                journal.unsigned(1).stream().findFirst().map(oldest -> age(oldest.at(), now)),
                pace.last(),
                pace.underWay(),
                pace.perSecond(),
                Bundling.pulsesEach(
                        settings.maxPulses(), cursors.captured() - cursors.signedCapture()));
    }

    /// By boot time within a boot; across boots by wall time, which may have been set back.
    private static Duration age(BoardClock.Reading at, BoardClock.Reading now) {
        Duration age =
                now.sinceInSameBoot(at).orElseGet(() -> Duration.between(at.wall(), now.wall()));
        return age.isNegative() ? Duration.ZERO : age;
    }

    /// As many transactions as fit into a round at the present pace, at most twice as many as
    /// before. A round that was not full says nothing.
    private void adapt(int transactions, Duration took) {
        if (transactions >= limit || took.compareTo(ROUND) > 0) {
            long fitting = transactions * ROUND.toNanos() / Math.max(1, took.toNanos());
            limit = Math.clamp(fitting, 1, Math.min(MOST_AT_ONCE, 2 * limit));
        }
    }
}

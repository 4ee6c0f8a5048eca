package energy.cryptometer.firmware.forward;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalCursors;
import energy.cryptometer.firmware.stage.PostponedException;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.timing.TimeSource;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.message.Accepted;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.ChainPosition;
import energy.cryptometer.transport.message.NodeClient;
import energy.cryptometer.transport.message.Resources;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Hands the chain over, one message in flight, to the first node that takes it. Idempotent by
/// (meter, sequence): what is sent twice is taken once. A node that knows less than it acknowledged
/// is given the missing part again.
public final class ForwardStage implements Stage {
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final List<TransactionType> NOT_HELD_BACK =
            List.of(TransactionType.TRANSFER, TransactionType.METER_EVENT);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(30);

    private final Journal journal;
    private final LongSupplier bytesOnWire;
    private final List<NodeClient> nodes;
    private final ForwardSettings settings;
    private final TimeSource time;
    private final ForwardTraffic wire = new ForwardTraffic();
    private int node;
    private int batchLimit;
    private boolean resumed;
    private boolean waiting;
    private long waitingSince;
    private long seenSequence;
    private long lastCheck;

    /// @param bytesOnWire what the client that `nodes` use has sent and received so far
    public ForwardStage(
            Journal journal,
            List<NodeClient> nodes,
            ForwardSettings settings,
            TimeSource time,
            LongSupplier bytesOnWire) {
        this.journal = journal;
        this.time = time;
        this.bytesOnWire = bytesOnWire;
        this.lastCheck = time.nanoTime();
        this.nodes = List.copyOf(nodes);
        this.settings = settings;
        this.batchLimit = settings.batch();
    }

    @Override
    public String name() {
        return "forward";
    }

    public ForwardTraffic wire() {
        return wire;
    }

    @Override
    public Duration runOnce() {
        JournalCursors cursors = journal.cursors();
        if (cursors.sentSequence() == cursors.signedSequence()) {
            waiting = false;
            checkNodeMemory();
            return IDLE;
        }
        if (worthWaiting(cursors)) {
            return IDLE;
        }
        waiting = false;
        return send(journal.unsent(batchLimit, Resources.MAX_SUBMISSION_BYTES).orElseThrow());
    }

    /// A message that is not full waits for more pulses, but never holds a transfer or an event
    /// back. Only what came since the last look is read for that.
    private boolean worthWaiting(JournalCursors cursors) {
        if (!waiting) {
            waiting = true;
            waitingSince = time.nanoTime();
            seenSequence = cursors.sentSequence();
        }
        boolean full = cursors.signedSequence() - cursors.sentSequence() >= batchLimit;
        if (full || time.since(waitingSince).compareTo(settings.linger()) >= 0) {
            return false;
        }
        boolean onlyPulses =
                cursors.signedSequence() == seenSequence
                        || NOT_HELD_BACK.stream()
                                .allMatch(type ->
                                        journal.transactions(
                                                        seenSequence + 1,
                                                        cursors.signedSequence(),
                                                        type)
                                                .isEmpty());
        seenSequence = cursors.signedSequence();
        return onlyPulses;
    }

    private Duration send(Batch batch) {
        NodeClient target = nodes.get(node);
        long before = bytesOnWire.getAsLong();
        journal.sync();
        Answer<Accepted> answer = target.submit(batch);
        return switch (answer) {
            case Answer.Got<Accepted>(Accepted accepted) -> {
                taken(batch, accepted.lastSequence(), bytesOnWire.getAsLong() - before);
                yield Duration.ZERO;
            }
            case Answer.Refused<Accepted> refused -> refused(target, batch, refused);
            case Answer.Malformed<Accepted> _ -> throw next(target, answer);
            case Answer.OtherCommunity<Accepted> _ -> throw next(target, answer);
            case Answer.Unreachable<Accepted> _ -> throw next(target, answer);
        };
    }

    /// A node's word moves the cursor no farther than what it was given, and a word that moves
    /// nothing is no answer to what it was given.
    private void taken(Batch batch, long claimed, long bytes) {
        if (claimed < batch.link().sequence()) {
            throw next(
                    "%s has taken sequences up to %d of a message with %d to %d"
                            .formatted(
                                    nodes.get(node).address(),
                                    claimed,
                                    batch.link().sequence(),
                                    batch.lastSequence()));
        }
        long last = Math.min(claimed, batch.lastSequence());
        journal.markSent(last);
        wire.add(bytes, pulses(batch, last), batch.transactions().size() == settings.batch());
        resumed = false;
    }

    private Duration refused(NodeClient target, Batch batch, Answer.Refused<Accepted> refused) {
        if (refused.code() == CoapCode.PRECONDITION_FAILED && !resumed) {
            resume(target);
            resumed = true;
            return Duration.ZERO;
        }
        if (refused.code() == CoapCode.TOO_LARGE && batchLimit > 1) {
            batchLimit = batchLimit / 2;
            return Duration.ZERO;
        }
        String why =
                "%s refused sequences %d to %d: %s %s"
                        .formatted(
                                target.address(),
                                batch.link().sequence(),
                                batch.lastSequence(),
                                refused.code(),
                                refused.why());
        if (refused.mayRetry() && nodes.size() == 1 && refused.retryAfter().isPresent()) {
            throw new PostponedException(why, refused.retryAfter().get());
        }
        throw next(why);
    }

    /// The failure that makes the runner pause; the next try goes to the next node.
    private IllegalStateException next(String why) {
        node = (node + 1) % nodes.size();
        batchLimit = settings.batch();
        resumed = false;
        return new IllegalStateException(why);
    }

    private IllegalStateException next(NodeClient target, Answer<?> answer) {
        return next(answer.sentence(target.address()));
    }

    /// When all is sent but not proven for a while, asks whether the node still has it.
    private void checkNodeMemory() {
        if (time.since(lastCheck).compareTo(CHECK_EVERY) < 0) {
            return;
        }
        lastCheck = time.nanoTime();
        JournalCursors cursors = journal.cursors();
        if (cursors.sentSequence() > cursors.provenSequence()) {
            resume(nodes.get(node));
        }
    }

    private void resume(NodeClient target) {
        Answer<ChainPosition> answer = target.chain(journal.identity().key().id());
        if (!(answer instanceof Answer.Got<ChainPosition>(ChainPosition position))) {
            throw next(
                    "where this meter's chain stands is not said: "
                            + answer.sentence(target.address()));
        }
        long taken = position.accepted().sequence() - 1;
        long sent = journal.cursors().sentSequence();
        if (taken > sent) {
            throw next(
                    "%s says it has this meter's sequences up to %d, sent are 1 to %d"
                            .formatted(target.address(), taken, sent));
        }
        journal.rewindSent(taken);
    }

    private static long pulses(Batch batch, long last) {
        return batch.transactions().stream()
                .map(SignedTransaction::content)
                .filter(content -> content.sequence() <= last)
                .filter(Generation.class::isInstance)
                .map(Generation.class::cast)
                .mapToLong(Generation::pulses)
                .sum();
    }
}

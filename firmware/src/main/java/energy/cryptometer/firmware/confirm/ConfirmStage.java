package energy.cryptometer.firmware.confirm;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalCursors;
import energy.cryptometer.firmware.journal.SequenceRange;
import energy.cryptometer.firmware.journal.StepSequences;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.ProofCheck;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.ChainProofs;
import energy.cryptometer.transport.message.NodeClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Asks, for every approved block that may hold something of this meter, for the range proofs of
/// its transactions, and checks them against headers the light client has verified. Only what is
/// proven here may ever be pruned. A node that withholds or forges a proof is left for the next.
public final class ConfirmStage implements Stage {
    private static final List<TransactionType> OWN_TYPES =
            List.of(
                    TransactionType.GENERATION,
                    TransactionType.TRANSFER,
                    TransactionType.METER_EVENT);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final int BLOCKS_AT_ONCE = 50;

    /// Blocks after that of its own step in which a transaction is expected at the latest.
    private static final int OVERDUE = 2;

    /// The headers a meter may rely on.
    public interface TrustedHeaders {
        /// Brings in what the nodes have approved since; throws if all of them fail.
        void sync(Instant now);

        Height head();

        Optional<SignedHeader> header(Height height);
    }

    private final Journal journal;
    private final TrustedHeaders headers;
    private final List<NodeClient> nodes;
    private final BoardClock clock;
    private final Pruning pruning;
    private int node;
    private Height next = Height.GENESIS;

    public ConfirmStage(
            Journal journal,
            TrustedHeaders headers,
            List<NodeClient> nodes,
            BoardClock clock,
            Pruning pruning) {
        this.journal = journal;
        this.headers = headers;
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.pruning = pruning;
    }

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public Duration runOnce() {
        headers.sync(clock.read().wall());
        Optional<StepSequences> oldest = oldestUnproven();
        if (oldest.isPresent()) {
            examine(oldest.get());
        }
        pruning.whenDue(clock.read().wall());
        if (oldest.isPresent() && next.compareTo(headers.head()) <= 0) {
            return Duration.ZERO;
        }
        Duration tenth = journal.identity().schedule().length().dividedBy(10);
        return tenth.compareTo(LONGEST_REST) < 0 ? tenth : LONGEST_REST;
    }

    /// What has waited longest. It can stand in the block of its own market step or a later one.
    private Optional<StepSequences> oldestUnproven() {
        return OWN_TYPES.stream()
                .flatMap(type -> journal.unproven(type, 1).stream())
                .min(Comparator.comparing(StepSequences::step));
    }

    private void examine(StepSequences oldest) {
        Height first = oldest.step().closingHeight();
        if (next.compareTo(first) < 0) {
            next = first;
        }
        Height head = headers.head();
        for (int i = 0; i < BLOCKS_AT_ONCE && next.compareTo(head) <= 0; i++) {
            confirm(next);
            next = next.next();
        }
        Optional<StepSequences> overdue = oldestUnproven().filter(still -> isOverdue(still, head));
        if (overdue.isPresent() && next.compareTo(head) > 0) {
            next = overdue.get().step().closingHeight();
            throw leave(
                    "shows no proof up to %s for sequence %d, which belongs to %s; asking again"
                            .formatted(head, overdue.get().range().first(), next));
        }
    }

    /// Whether a node had it in time and blocks enough have been approved since.
    private boolean isOverdue(StepSequences unproven, Height head) {
        return unproven.step().closingHeight().value() + OVERDUE < head.value()
                && unproven.range().first() <= journal.cursors().sentSequence();
    }

    /// The failure that makes the runner pause; the next try asks the next node.
    private IllegalStateException leave(String what) {
        String address = nodes.get(node).address().toString();
        node = (node + 1) % nodes.size();
        return new IllegalStateException(address + " " + what);
    }

    private void confirm(Height height) {
        Header header = headers.header(height).orElseThrow().header();
        Answer<ChainProofs> answer =
                nodes.get(node).chainProofs(journal.identity().key().id(), height);
        if (!(answer instanceof Answer.Got<ChainProofs>(ChainProofs proofs))) {
            throw leave(
                    "gives no proofs for %s: %s"
                            .formatted(height, answer.sentence(nodes.get(node).address())));
        }
        List<SequenceRange> proven = new ArrayList<>();
        for (ChainProof proof : proofs.proofs()) {
            prove(header, proof).ifPresent(proven::add);
        }
        if (!proven.isEmpty()) {
            journal.markProven(proven);
        }
    }

    /// The range that a proof proves; none where it was proven before and is pruned.
    private Optional<SequenceRange> prove(Header header, ChainProof proof) {
        SequenceRange range =
                new SequenceRange(proof.type(), proof.firstSequence(), proof.lastSequence());
        JournalCursors cursors = journal.cursors();
        if (range.first() <= cursors.prunedSequence()) {
            return Optional.empty();
        }
        List<SignedTransaction> own =
                range.last() <= cursors.signedSequence()
                        ? own(range, header.content().count())
                        : List.of();
        if (!isWhole(range, own)) {
            throw leave(
                    "sent a proof for what this meter never signed: %s, signed are 1 to %d"
                            .formatted(range, cursors.signedSequence()));
        }
        ProofCheck check = proof.check(header, own);
        if (!check.proven()) {
            throw leave(
                    "sent a proof that does not hold: %s at %s: %s"
                            .formatted(range, header.height(), check));
        }
        return Optional.of(range);
    }

    /// What the proof speaks of, as it is here. A block cannot hold more than its header says, so
    /// whatever a node claims, no more than that is read.
    private List<SignedTransaction> own(SequenceRange range, long inBlock) {
        List<SignedTransaction> own = new ArrayList<>();
        long first = range.first();
        while (first <= range.last() && own.size() <= inBlock) {
            long through = Math.min(range.last(), first + Journal.MAX_AT_ONCE - 1);
            own.addAll(journal.transactions(first, through, range.type()));
            first = through + 1;
        }
        return own;
    }

    /// Whether a range begins and ends with transactions of its type: only then does it say what
    /// the proof says.
    private static boolean isWhole(SequenceRange range, List<SignedTransaction> own) {
        return !own.isEmpty()
                && own.getFirst().content().sequence() == range.first()
                && own.getLast().content().sequence() == range.last();
    }
}

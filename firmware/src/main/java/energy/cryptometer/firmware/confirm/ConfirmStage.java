package energy.cryptometer.firmware.confirm;

import energy.cryptometer.firmware.journal.Journal;
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
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);
    private static final int BLOCKS_AT_ONCE = 50;

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
    private final Duration keep;
    private int node;
    private Height next = Height.GENESIS;
    private long lastPrune = System.nanoTime();

    /// @param keep how long proven transactions stay in the journal
    public ConfirmStage(
            Journal journal,
            TrustedHeaders headers,
            List<NodeClient> nodes,
            BoardClock clock,
            Duration keep) {
        this.journal = journal;
        this.headers = headers;
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.keep = keep;
    }

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public Duration runOnce() {
        headers.sync(clock.read().wall());
        Optional<Height> oldest = oldestUnproven();
        if (oldest.isPresent()) {
            examine(oldest.get());
        }
        pruneNowAndThen();
        Duration step = journal.identity().schedule().length();
        return step.dividedBy(10).compareTo(Duration.ofSeconds(10)) < 0
                ? step.dividedBy(10)
                : Duration.ofSeconds(10);
    }

    /// The first block in which something unproven can stand: that of its own market step.
    private Optional<Height> oldestUnproven() {
        return OWN_TYPES.stream()
                .flatMap(type -> journal.unproven(type, 1).stream())
                .map(StepSequences::step)
                .map(step -> step.closingHeight())
                .min(Height::compareTo);
    }

    private void examine(Height oldest) {
        if (next.compareTo(oldest) < 0) {
            next = oldest;
        }
        Height head = headers.head();
        for (int i = 0; i < BLOCKS_AT_ONCE && next.compareTo(head) <= 0; i++) {
            confirm(next);
            next = next.next();
        }
        boolean overdue =
                oldestUnproven().filter(still -> still.value() + 2 < head.value()).isPresent();
        if (overdue && next.compareTo(head) > 0) {
            node = (node + 1) % nodes.size();
            next = oldest;
        }
    }

    private void confirm(Height height) {
        Header header = headers.header(height).orElseThrow().header();
        Answer<ChainProofs> answer =
                nodes.get(node).chainProofs(journal.identity().key().id(), height);
        if (!(answer instanceof Answer.Got<ChainProofs>(ChainProofs proofs))) {
            String address = nodes.get(node).address().toString();
            node = (node + 1) % nodes.size();
            throw new IllegalStateException(
                    "%s gives no proofs for %s: %s".formatted(address, height, answer));
        }
        List<SequenceRange> proven = new ArrayList<>();
        for (ChainProof proof : proofs.proofs()) {
            proven.add(prove(header, proof));
        }
        if (!proven.isEmpty()) {
            journal.markProven(proven);
        }
    }

    private SequenceRange prove(Header header, ChainProof proof) {
        ProofCheck check = proof.check(header, own(proof));
        if (!check.proven()) {
            String address = nodes.get(node).address().toString();
            node = (node + 1) % nodes.size();
            throw new IllegalStateException(
                    "%s sent a proof that does not hold: sequences %d to %d at %s: %s"
                            .formatted(
                                    address,
                                    proof.firstSequence(),
                                    proof.lastSequence(),
                                    header.height(),
                                    check));
        }
        return new SequenceRange(proof.type(), proof.firstSequence(), proof.lastSequence());
    }

    private List<SignedTransaction> own(ChainProof proof) {
        long last = Math.min(proof.lastSequence(), journal.cursors().signedSequence());
        List<SignedTransaction> own = new ArrayList<>();
        for (long first = proof.firstSequence(); first <= last; first += Journal.MAX_AT_ONCE) {
            long through = Math.min(last, first + Journal.MAX_AT_ONCE - 1);
            own.addAll(journal.transactions(first, through, proof.type()));
        }
        return own;
    }

    private void pruneNowAndThen() {
        if (System.nanoTime() - lastPrune < PRUNE_EVERY.toNanos()) {
            return;
        }
        lastPrune = System.nanoTime();
        long _ = journal.prune(clock.read().wall().minus(keep));
    }
}

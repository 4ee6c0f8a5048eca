package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.fullnode.chain.BlockTree;
import energy.cryptometer.fullnode.chain.ChainStore;
import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Takes batches and keeps them until a block holds them. Whatever it accepted can stand in a block
/// and is on the disk. Safe for threads; batches of one meter are taken one after the other.
public final class Mempool {
    private final Genesis genesis;
    private final ChainStore chain;
    private final PendingRows rows;
    private final MempoolLimits limits;
    private final InstantSource clock;
    private final NodeLog log;
    private final AdmissionRules door;
    private final Map<KeyId, MeterQueue> senders = new TreeMap<>();
    private final AtomicLong total = new AtomicLong();

    /// Takes up what waits on the disk.
    public Mempool(
            ChainStore chain,
            PendingRows rows,
            MempoolLimits limits,
            InstantSource clock,
            NodeLog log) {
        this.genesis = chain.genesis();
        this.chain = chain;
        this.rows = rows;
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        this.door = new AdmissionRules(genesis);
        PendingReload reload = new PendingReload(genesis, rows, log);
        for (MeterEntry meter : genesis.meters()) {
            PendingChain waiting =
                    reload.of(meter.key(), approved(chain.chain().accounts(), meter));
            senders.put(meter.key().id(), new MeterQueue(meter.key(), waiting));
            total.addAndGet(waiting.transactions().size());
        }
    }

    private static MeterAccount approved(Accounts accounts, MeterEntry meter) {
        return Objects.requireNonNull(accounts.meters().get(meter.account()));
    }

    /// Judges a batch and keeps what is new of it. When this returns [Submission.Accepted], all of
    /// the batch is on the disk.
    ///
    /// @throws energy.cryptometer.store.StoreException if the disk fails; nothing is kept then
    public Submission submit(Batch batch) {
        Instant latest = clock.instant().plus(limits.drift());
        Optional<Refusal> refusal = door.check(batch, latest);
        if (refusal.isPresent()) {
            return new Submission.Refused(refusal.get());
        }
        MeterQueue sender = Objects.requireNonNull(senders.get(batch.signer()));
        sender.lock.lock();
        try {
            return submit(sender, batch, latest);
        } finally {
            sender.lock.unlock();
        }
    }

    private Submission submit(MeterQueue sender, Batch batch, Instant latest) {
        long expected = sender.waiting.next().sequence();
        if (batch.link().sequence() > expected) {
            return new Submission.Gap(batch.link().sequence(), expected);
        }
        long overlap = Math.min(expected, batch.lastSequence() + 1) - batch.link().sequence();
        List<SignedTransaction> known = batch.transactions().subList(0, (int) overlap);
        List<SignedTransaction> fresh =
                batch.transactions().subList((int) overlap, batch.transactions().size());
        if (!known.isEmpty() && !isOurs(sender, known.getLast())) {
            return conflict(sender, known);
        }
        return fresh.isEmpty()
                ? new Submission.Accepted(batch.lastSequence())
                : take(sender, fresh, latest);
    }

    private Submission take(MeterQueue sender, List<SignedTransaction> fresh, Instant latest) {
        int waiting = sender.waiting.transactions().size();
        if (waiting + fresh.size() > limits.perMeter()) {
            return new Submission.Full(waiting, limits.perMeter());
        }
        Outcome<PendingChain> outcome = sender.waiting.plus(fresh, lastStep(latest), genesis);
        if (outcome instanceof Outcome.Refused<PendingChain>(Refusal refusal)) {
            return new Submission.Refused(refusal);
        }
        if (total.addAndGet(fresh.size()) > limits.total()) {
            return new Submission.Full(total.addAndGet(-fresh.size()), limits.total());
        }
        boolean kept = false;
        try {
            Optional<Refusal> bad = Signatures.check(fresh, sender.key);
            if (bad.isPresent()) {
                return new Submission.Refused(bad.get());
            }
            rows.add(new Batch(fresh));
            kept = true;
            if (outcome instanceof Outcome.Accepted<PendingChain>(PendingChain next)) {
                sender.waiting = next;
            }
            return new Submission.Accepted(fresh.getLast().content().sequence());
        } finally {
            if (!kept) {
                total.addAndGet(-fresh.size());
            }
        }
    }

    private MarketStep lastStep(Instant latest) {
        StepSchedule schedule = genesis.schedule();
        return schedule.covers(latest) ? schedule.stepAt(latest) : new MarketStep(0);
    }

    /// Each transaction names the one before it, so if this one is ours, so are all before it.
    private boolean isOurs(MeterQueue sender, SignedTransaction theirs) {
        Optional<SignedTransaction> waits = sender.waiting.at(theirs.content().sequence());
        return waits.isPresent()
                ? waits.get().id().equals(theirs.id())
                : chain.place(theirs.id()).isPresent();
    }

    private Submission conflict(MeterQueue sender, List<SignedTransaction> known) {
        SignedTransaction first =
                known.stream().filter(theirs -> !isOurs(sender, theirs)).findFirst().orElseThrow();
        Optional<Refusal> bad = Signatures.check(List.of(first), sender.key);
        if (bad.isPresent()) {
            return new Submission.Refused(bad.get());
        }
        long sequence = first.content().sequence();
        Hash ours =
                sender.waiting
                        .at(sequence)
                        .or(() -> approved(sender.key.id(), sequence))
                        .orElseThrow()
                        .id();
        log.line(
                "equivocation signer=%s sequence=%d ours=%s theirs=%s"
                        .formatted(sender.key.id(), sequence, ours, first.id()));
        return new Submission.Conflict(sender.key.id(), sequence, ours, first.id());
    }

    private Optional<SignedTransaction> approved(KeyId signer, long sequence) {
        return chain.rows()
                .heightOf(signer, sequence)
                .flatMap(chain::block)
                .flatMap((BlockTree block) -> block.find(signer, sequence));
    }

    /// For each meter that has any, what may stand in a block that closes this step.
    public Map<KeyId, List<SignedTransaction>> upTo(MarketStep last) {
        Map<KeyId, List<SignedTransaction>> pieces = new TreeMap<>();
        senders.forEach((signer, sender) -> {
            List<SignedTransaction> piece = sender.waiting.upTo(last, genesis);
            if (!piece.isEmpty()) {
                pieces.put(signer, piece);
            }
        });
        return pieces;
    }

    /// Lets go what blocks hold by now.
    public void approved(Accounts accounts) {
        for (MeterQueue sender : senders.values()) {
            sender.lock.lock();
            try {
                PendingChain before = sender.waiting;
                MeterAccount meter = Objects.requireNonNull(accounts.meters().get(sender.account));
                sender.waiting = before.approvedUpTo(meter.next());
                total.addAndGet(
                        sender.waiting.transactions().size() - before.transactions().size());
            } finally {
                sender.lock.unlock();
            }
        }
    }

    /// TransactionLocation of the next transaction we would take of this meter.
    public Optional<ChainLink> next(KeyId signer) {
        return Optional.ofNullable(senders.get(signer)).map(sender -> sender.waiting.next());
    }

    /// Transactions that wait.
    public long size() {
        return total.get();
    }
}

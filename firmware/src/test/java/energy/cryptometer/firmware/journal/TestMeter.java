package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// A meter that makes pulses and signs them the way the program does: one pulse per 100 ms, a
/// transfer whenever a step of 10 s is over.
public final class TestMeter {
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final UUID BOOT = UUID.nameUUIDFromBytes(new byte[] {1});
    private static final Duration BETWEEN_PULSES = Duration.ofMillis(100);

    private final Signer signer;
    private final JournalIdentity identity;

    private TestMeter(Signer signer, String source) {
        this.signer = signer;
        StepSchedule schedule =
                new StepSchedule(
                        START,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3));
        Community community = new Community(Hash.sha256(new byte[] {42}));
        identity = new JournalIdentity(community, schedule, signer.publicKey(), source);
    }

    /// The same number gives the same meter, so that another process can be it too.
    public static TestMeter number(int number) {
        return new TestMeter(
                Es256.signer(BigInteger.valueOf(1_000_003L + number)), "test meter " + number);
    }

    /// A meter nobody has seen before.
    public static TestMeter random(RandomGenerator random) {
        return number(random.nextInt(1 << 30));
    }

    public JournalIdentity identity() {
        return identity;
    }

    public static BoardClock.Reading reading(long millis) {
        return new BoardClock.Reading(
                millis * 1_000_000, BOOT, START.plusMillis(millis), ClockQuality.SYNCHRONISED);
    }

    /// When pulse `count` comes.
    public static BoardClock.Reading timeOf(long count) {
        return reading(BETWEEN_PULSES.toMillis() * count);
    }

    /// Pulses `first` to `last`, as a source gives them.
    public static SourceBatch pulses(long first, long last) {
        List<SourceItem> items = new ArrayList<>();
        for (long count = first; count <= last; count++) {
            items.add(new Pulse(count, timeOf(count)));
        }
        return new SourceBatch(items, new SourceState(last, Optional.empty()));
    }

    /// Signs everything that waits in the journal, in portions.
    public void signAll(Journal journal) {
        for (List<Captured> some = journal.unsigned(500); !some.isEmpty(); ) {
            journal.appendSigned(sign(journal, some), some.getLast().id());
            some = journal.unsigned(500);
        }
    }

    /// Signs these captures, with the transfers that are due before and between them.
    public List<SignedTransaction> sign(Journal journal, List<Captured> captures) {
        Run run = new Run(journal.nextLink(), journal.pendingTransfers());
        captures.forEach(run::add);
        return run.signed;
    }

    private final class Run {
        private final List<SignedTransaction> signed = new ArrayList<>();
        private PendingPulses pending;
        private ChainLink link;

        Run(ChainLink link, PendingPulses pending) {
            this.link = link;
            this.pending = pending;
        }

        void add(Captured captured) {
            Capture capture =
                    new Capture(
                            captured.at().wall(),
                            energy.cryptometer.ledger.unit.ClockQuality.ofCode(
                                    CaptureRows.code(captured.at().quality())));
            var step = identity.schedule().stepAt(capture.at());
            while (pending.oldest().filter(it -> it.step().compareTo(step) < 0).isPresent()) {
                PulseRange range = pending.oldest().orElseThrow();
                pending = pending.withoutOldest();
                sign(
                        new Transfer(
                                link,
                                range,
                                identity.account(),
                                range.energy(new PulseConstant(1000))));
            }
            switch (captured) {
                case Captured.OfPulse pulse -> {
                    Generation generation =
                            new Generation(link, pulse.count(), 1, capture, PulseStatus.CONTACT);
                    pending = pending.with(step, generation);
                    sign(generation);
                }
                case Captured.OfEvent event ->
                        sign(new MeterEvent(link, capture, event.kind(), event.detail()));
            }
        }

        private void sign(Transaction content) {
            SignedTransaction transaction =
                    SignedTransaction.sign(content, signer, identity.community());
            signed.add(transaction);
            link = transaction.next();
        }
    }
}

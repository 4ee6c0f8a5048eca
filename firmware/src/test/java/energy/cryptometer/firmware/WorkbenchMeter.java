package energy.cryptometer.firmware;

import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.SignStage;
import energy.cryptometer.firmware.sign.SigningSettings;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Meter A of the small community with a real journal, on a clock that the test moves.
public final class WorkbenchMeter implements AutoCloseable {
    private static final Duration BETWEEN_PULSES = Duration.ofMillis(10);
    private static final Duration SETTLED = Duration.ofSeconds(6);

    public final SmallCommunity community = new SmallCommunity();
    public final SimulatedClock clock = SimulatedClock.startingAt(SmallCommunity.ORIGIN);
    public final BoardTime time = new BoardTime(clock);
    private final Path file;
    private final Signer signer;
    private Journal journal;

    public WorkbenchMeter(Path folder) {
        this(folder, new SmallCommunity().meterA);
    }

    public WorkbenchMeter(Path folder, Signer signer) {
        this.file = folder.resolve("journal.db");
        this.signer = signer;
        this.journal = open();
    }

    private Journal open() {
        JournalIdentity identity =
                JournalIdentity.of(community.genesis, signer.publicKey(), "workbench");
        return Journal.open(file, identity, clock.read());
    }

    public Journal journal() {
        return journal;
    }

    public Path file() {
        return file;
    }

    public SigningSettings terms() {
        return new SigningSettings(
                community.genesis.schedule(),
                community.genesis.plantAccount(),
                new PulseConstant(1000),
                PulseStatus.CONTACT,
                1,
                Duration.ZERO);
    }

    public SignStage signStage(Signer with) {
        return new SignStage(journal, with, terms(), clock, time);
    }

    /// Counts so many pulses, one every 10 ms.
    public void count(int pulses) {
        long counted = journal.counts().counted();
        List<SourceItem> items = new ArrayList<>();
        for (int i = 1; i <= pulses; i++) {
            clock.advance(BETWEEN_PULSES);
            items.add(new Pulse(counted + i, clock.read()));
        }
        for (int from = 0; from < items.size(); from += SourceBatch.MOST_ITEMS) {
            int to = Math.min(items.size(), from + SourceBatch.MOST_ITEMS);
            journal.append(
                    new SourceBatch(
                            items.subList(from, to),
                            new SourceState(counted + to, Optional.empty())));
        }
    }

    /// Signs all that is due.
    public void sign() {
        SignStage stage = signStage(signer);
        while (stage.runOnce().isZero()) {}
    }

    /// Counts and signs so many pulses.
    public void countAndSign(int pulses) {
        count(pulses);
        sign();
    }

    /// The present market step ends and what was counted in it is transferred.
    public void endStep() {
        var schedule = community.genesis.schedule();
        var now = clock.read().wall();
        clock.advance(Duration.between(now, schedule.end(schedule.stepAt(now))).plus(SETTLED));
        sign();
    }

    /// Everything that was signed from one sequence to another.
    public List<SignedTransaction> signed(long first, long last) {
        List<SignedTransaction> all = new ArrayList<>();
        for (TransactionType type : TransactionType.values()) {
            all.addAll(journal.transactions(first, last, type));
        }
        return all;
    }

    /// As if the program had been killed and started anew.
    public void restart() {
        journal.close();
        journal = open();
    }

    @Override
    public void close() {
        journal.close();
    }
}

package energy.cryptometer.bench.path;

import energy.cryptometer.firmware.confirm.ConfirmStage;
import energy.cryptometer.firmware.confirm.Pruning;
import energy.cryptometer.firmware.confirm.VerifiedHeaders;
import energy.cryptometer.firmware.forward.ForwardSettings;
import energy.cryptometer.firmware.forward.ForwardStage;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.SignStage;
import energy.cryptometer.firmware.sign.SigningSettings;
import energy.cryptometer.firmware.stage.Stage;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceItem;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.timing.VirtualTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One meter with its journal, whose stages take turns in one thread.
final class MeasuredMeter implements AutoCloseable {
    /// After the end of a step, when its transfer is signed; and when its block is there.
    private static final Duration SETTLED = Duration.ofSeconds(6);

    private static final Duration APPROVED = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);

    /// The usual length of a message.
    private static final int MESSAGE = 200;

    private final Genesis genesis;
    private final Rhythm rhythm;
    private final SimulatedClock clock = SimulatedClock.startingAt(TrialCommunity.ORIGIN);
    private final VirtualTime time = new VirtualTime(TrialCommunity.ORIGIN);
    private final Journal journal;
    private final VerifiedHeaders headers;
    private final SignStage sign;
    private final ForwardStage forward;
    private final ConfirmStage confirm;
    private final PartTimes times;
    private long counted;

    /// What all meters of a board share.
    record Board(
            TrialCommunity community,
            Path folder,
            CoapClient coap,
            NodeAddress node,
            PartTimes times) {}

    /// @param number of the meter in the community
    MeasuredMeter(Board board, int number, Rhythm rhythm) {
        this.genesis = board.community().genesis;
        this.rhythm = rhythm;
        this.times = board.times();
        Signer signer = new MeasuredSigner(board.community().meters.get(number), times);
        Path file = board.folder().resolve("journal-" + number + ".sqlite");
        journal =
                Journal.open(
                        file,
                        JournalIdentity.of(genesis, signer.publicKey(), "bench"),
                        clock.read());
        List<NodeClient> nodes =
                List.of(new CoapNodeClient(board.coap(), board.node(), genesis.community()));
        headers = VerifiedHeaders.open(file, genesis, nodes, TrialCommunity.ORIGIN);
        SigningSettings terms =
                new SigningSettings(
                        genesis.schedule(),
                        genesis.plantAccount(),
                        TrialCommunity.CONSTANT,
                        PulseStatus.CONTACT,
                        1,
                        Duration.ZERO);
        sign = new SignStage(journal, signer, terms, clock, time);
        forward =
                new ForwardStage(
                        journal,
                        nodes,
                        new ForwardSettings(MESSAGE, Duration.ZERO),
                        time,
                        () -> board.coap().traffic().sentBytes());
        confirm =
                new ConfirmStage(journal, headers, nodes, clock, new Pruning(journal, KEEP, time));
    }

    /// Counts so many pulses at even distances within a step, signs them with the step's transfer,
    /// and hands all of it over.
    void deliver(MarketStep step, int pulses) throws InterruptedException {
        clockTo(genesis.schedule().start(step).plus(APPROVED)); // the block before is proven by now
        Duration distance = genesis.schedule().length().minus(APPROVED).dividedBy(pulses + 1L);
        List<SourceItem> items = new ArrayList<>();
        for (int i = 1; i <= pulses; i++) {
            pass(distance);
            items.add(new Pulse(++counted, clock.read()));
            if (i % rhythm.perCommit == 0) {
                capture(items);
                items = new ArrayList<>();
            }
            if (i % rhythm.perRound == 0) {
                turns(Part.SIGN, sign);
            }
            if (i % rhythm.perMessage == 0) {
                turns(Part.FORWARD, forward);
            }
        }
        if (!items.isEmpty()) {
            capture(items);
        }
        clockTo(genesis.schedule().end(step).plus(SETTLED));
        turns(Part.SIGN, sign);
        turns(Part.FORWARD, forward);
        requireAll("sent", journal.counts().sent());
    }

    /// Proves everything up to a step whose block is there.
    void confirm(MarketStep step) throws InterruptedException {
        clockTo(genesis.schedule().end(step).plus(APPROVED));
        turns(Part.CONFIRM, confirm);
        requireAll("proven", journal.counts().proven());
    }

    private void capture(List<SourceItem> items) throws InterruptedException {
        SourceBatch batch = new SourceBatch(items, new SourceState(counted, Optional.empty()));
        long _ =
                times.measured(
                        Part.CAPTURE,
                        () -> {
                            journal.append(batch);
                            return counted;
                        });
    }

    private void turns(Part part, Stage stage) throws InterruptedException {
        while (times.measured(part, stage::runOnce).isZero()) {
            // more is due at once
        }
    }

    private void clockTo(Instant wall) {
        pass(Duration.between(clock.read().wall(), wall));
    }

    private void pass(Duration passed) {
        clock.advance(passed);
        time.advance(passed);
    }

    private void requireAll(String what, long pulses) {
        if (pulses != counted) {
            throw new IllegalStateException(
                    "%d of %d pulses are %s".formatted(pulses, counted, what));
        }
    }

    @Override
    public void close() {
        headers.close();
        journal.close();
    }

    /// A key in memory whose own time is told apart.
    private record MeasuredSigner(Signer key, PartTimes times) implements Signer {
        @Override
        public PublicKey publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                return times.measured(Part.SIGNATURE, () -> key.sign(message));
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}

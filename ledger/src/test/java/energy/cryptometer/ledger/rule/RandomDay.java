package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.community.SelectionRule;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A random community and what its meters do: pulses on time and late, clocks set back, bundles,
/// events, transfers now or later. It keeps its own books, pulse by pulse. Nothing is signed.
final class RandomDay {
    private static final int[] CONSTANTS = {1, 3, 7, 640, 1000, 10_000, 999_983, 1_000_000};
    private static final List<PublicKey> KEYS =
            IntStream.range(0, 12)
                    .mapToObj(i -> SmallCommunity.signer("random day " + i).publicKey())
                    .toList();
    private static final NodeSet NODES =
            new NodeSet(
                    List.of(
                            new NodeEntry(
                                    KEYS.get(0),
                                    VrfSecretKey.of(SmallCommunity.secret("random day"))
                                            .publicKey())));

    private final RandomGenerator random;
    private final Genesis genesis;
    private final List<Meter> meters;
    private final Map<MarketStep, Long> pulseValue = new TreeMap<>();
    private final Map<MarketStep, Long> moved = new TreeMap<>();
    private final Map<AccountId, Long> movedByMeter = new HashMap<>();

    /// Pulses that follow one another in one step and have not moved yet.
    private static final class Run {
        final MarketStep step;
        final long firstSequence;
        final long before;
        long lastSequence;
        long after;
        BigInteger value = BigInteger.ZERO;

        Run(MarketStep step, long firstSequence, long before) {
            this.step = step;
            this.firstSequence = firstSequence;
            this.before = before;
        }
    }

    private static final class Meter {
        final MeterEntry entry;
        final Deque<Run> runs = new ArrayDeque<>();
        ChainLink link = ChainLink.first();
        long count;

        Meter(MeterEntry entry) {
            this.entry = entry;
        }
    }

    RandomDay(RandomGenerator random) {
        this.random = random;
        int meterCount = 1 + random.nextInt(4);
        int participantCount = 1 + random.nextInt(5);
        List<MeterEntry> entries = new ArrayList<>();
        for (int i = 0; i < meterCount; i++) {
            PulseConstant constant = new PulseConstant(CONSTANTS[random.nextInt(CONSTANTS.length)]);
            entries.add(new MeterEntry(KEYS.get(3 + i), "no " + i, MidClass.B, constant, 10_000));
        }
        List<ParticipantEntry> participants = new ArrayList<>();
        int left = ParticipantEntry.WHOLE;
        for (int i = 0; i < participantCount; i++) {
            int share = i == participantCount - 1 ? left : random.nextInt(left + 1);
            participants.add(new ParticipantEntry(KEYS.get(7 + i), share));
            left -= share;
        }
        genesis =
                new Genesis(
                        "random",
                        new StepSchedule(
                                SmallCommunity.ORIGIN,
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(25)),
                        new Genesis.Policy(5, false),
                        new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, 300, 500, 200),
                        KEYS.get(1),
                        KEYS.get(2),
                        entries,
                        participants,
                        NODES);
        meters = entries.stream().map(Meter::new).toList();
    }

    Genesis genesis() {
        return genesis;
    }

    PublicKey plant() {
        return KEYS.get(2);
    }

    /// What all meters send between the ends of two steps, in the order they made it.
    List<SignedTransaction> transactionsOf(int step) {
        List<SignedTransaction> transactions = new ArrayList<>();
        for (Meter meter : meters) {
            int actions = random.nextInt(25);
            for (int i = 0; i < actions; i++) {
                switch (random.nextInt(10)) {
                    case 0 -> transactions.add(add(meter, event(meter, step)));
                    case 1 -> transfer(meter).ifPresent(transactions::add);
                    default -> transactions.add(add(meter, pulse(meter, step)));
                }
            }
        }
        return transactions;
    }

    private Capture capture(int step) {
        int its = random.nextInt(4) == 0 ? random.nextInt(step + 1) : step;
        long millis =
                genesis.schedule().start(new MarketStep(its)).toEpochMilli()
                        + random.nextInt(900_000);
        return Capture.ofMillis(millis, ClockQuality.SYNCHRONISED);
    }

    private Generation pulse(Meter meter, int step) {
        int pulses = 1 + (random.nextInt(5) == 0 ? random.nextInt(5) : 0);
        Generation generation =
                new Generation(
                        meter.link,
                        meter.count + pulses,
                        pulses,
                        capture(step),
                        PulseStatus.CONTACT);
        MarketStep its = genesis.schedule().stepAt(generation.capture().at());
        Run run = meter.runs.peekLast();
        if (run == null || !run.step.equals(its)) {
            run = new Run(its, meter.link.sequence(), meter.count);
            meter.runs.addLast(run);
        }
        for (int i = 0; i < pulses; i++) {
            meter.count++;
            BigInteger value = valueOfPulse(meter.count, meter.entry.constant());
            run.value = run.value.add(value);
            pulseValue.merge(its, value.longValueExact(), Long::sum);
        }
        run.lastSequence = meter.link.sequence();
        run.after = meter.count;
        return generation;
    }

    /// The n-th pulse is worth floor(n * 10^6 / c) - floor((n - 1) * 10^6 / c).
    private static BigInteger valueOfPulse(long number, PulseConstant constant) {
        BigInteger million = BigInteger.valueOf(1_000_000);
        BigInteger c = BigInteger.valueOf(constant.pulsesPerKilowattHour());
        BigInteger n = BigInteger.valueOf(number);
        return n.multiply(million)
                .divide(c)
                .subtract(n.subtract(BigInteger.ONE).multiply(million).divide(c));
    }

    private MeterEvent event(Meter meter, int step) {
        return new MeterEvent(
                meter.link,
                capture(step),
                MeterEventKind.BOOT,
                new MeterEvent.Detail(1, 0, "test 1"));
    }

    private Optional<SignedTransaction> transfer(Meter meter) {
        Run run = meter.runs.pollFirst();
        if (run == null) {
            return Optional.empty();
        }
        long value = run.value.longValueExact();
        moved.merge(run.step, value, Long::sum);
        movedByMeter.merge(meter.entry.account(), value, Long::sum);
        PulseRange range =
                new PulseRange(
                        run.step, run.firstSequence, run.lastSequence, run.before, run.after);
        return Optional.of(
                add(
                        meter,
                        new Transfer(
                                meter.link, range, genesis.plantAccount(), new Energy(value))));
    }

    private SignedTransaction add(Meter meter, Transaction transaction) {
        SignedTransaction signed = sign(transaction, meter.entry.key());
        meter.link = signed.next();
        return signed;
    }

    /// With an empty signature: these rules do not look at it.
    SignedTransaction sign(Transaction transaction, PublicKey key) {
        return SignedTransaction.of(transaction, key.id(), new byte[64], genesis.community());
    }

    long movedMilliwattHours() {
        return moved.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<MarketStep, Long> movedByStep() {
        return Map.copyOf(moved);
    }

    Map<MarketStep, Long> pulseValueByStep() {
        return Map.copyOf(pulseValue);
    }

    long movedBy(AccountId meter) {
        return movedByMeter.getOrDefault(meter, 0L);
    }

    long countOf(AccountId account) {
        return meters.stream()
                .filter(meter -> meter.entry.account().equals(account))
                .mapToLong(meter -> meter.count)
                .sum();
    }
}

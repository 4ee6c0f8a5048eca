package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.journal.Captured;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SigningPlanTest {
    private static final Instant ORIGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final UUID BOOT = UUID.nameUUIDFromBytes(new byte[] {7});

    private final Signer signer = Es256.signer(BigInteger.valueOf(77));
    private final Community community = new Community(Hash.sha256(new byte[] {1}));
    private final AccountId plant = new AccountId(Hash.sha256(new byte[] {2}));
    private PendingPulses pending = PendingPulses.NONE;
    private ChainLink link = ChainLink.first();
    private int maxPulses = 1;
    private long backlog;
    private long captures;
    private long pulses;

    @Test
    void onePulseIsOneTransaction() {
        List<Transaction> signed = sign(at(10), pulse(1), pulse(2), pulse(3));
        assertThat(signed).hasOnlyElementsOfType(Generation.class).hasSize(3);
        assertThat(signed).extracting(Transaction::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aStepThatIsNotOverIsNotTransferred() {
        sign(at(10), pulse(1));
        assertThat(sign(ORIGIN.plus(STEP).minusMillis(1))).isEmpty();
    }

    @Test
    void aStepIsTransferredWholeOnceItsEndHasSettled() {
        sign(at(10), pulse(1), pulse(2));
        assertThat(sign(ORIGIN.plus(STEP))).as("the last pulses may still come").isEmpty();
        List<Transaction> signed = sign(ORIGIN.plus(STEP).plusSeconds(5));
        assertThat(signed).hasOnlyElementsOfType(Transfer.class).hasSize(1);
        Transfer transfer = (Transfer) signed.getFirst();
        assertThat(transfer.range().pulses()).isEqualTo(2);
        assertThat(transfer.energy().milliwattHours()).isEqualTo(2000);
        assertThat(transfer.to()).isEqualTo(plant);
    }

    @Test
    void aPulseOfALaterStepMovesTheEarlierStepFirst() {
        List<Transaction> signed = sign(at(901), pulse(899), pulse(901));
        assertThat(signed)
                .extracting(Transaction::type)
                .containsExactly(
                        TransactionType.GENERATION,
                        TransactionType.TRANSFER,
                        TransactionType.GENERATION);
    }

    @Test
    void aPulseThatTurnsUpLateGetsASupplementaryTransfer() {
        sign(at(906), pulse(899));
        List<Transaction> signed = sign(at(910), pulse(898));
        assertThat(signed)
                .extracting(Transaction::type)
                .containsExactly(TransactionType.GENERATION, TransactionType.TRANSFER);
        assertThat(((Transfer) signed.getLast()).range().step().index()).isZero();
    }

    @Test
    void aQueueThatIsNotEmptyHoldsTheTransferBack() {
        SigningPlan plan = plan(at(906));
        List<SignedTransaction> signed = plan.sign(List.of(pulse(899)), false);
        assertThat(signed).hasSize(1);
    }

    @Test
    void pulsesAreBundledOnlyUnderBacklogAndOnlyWhereAllowed() {
        maxPulses = 10;
        assertThat(sign(at(800), many(200, 100))).hasSize(200);
        List<Transaction> bundled = sign(at(800), many(400, 300));
        assertThat(bundled).hasSize(200);
        assertThat(((Generation) bundled.getFirst()).pulses()).isEqualTo(2);
        maxPulses = 1;
        assertThat(sign(at(800), many(300, 400))).hasSize(300);
    }

    @Test
    void aBundleNeverCrossesTheBoundaryOfAStep() {
        maxPulses = 1000;
        List<Captured> queue = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            queue.add(pulse(897 + i / 100));
        }
        queue.addAll(List.of(many(50, 900)));
        List<Transaction> signed = sign(at(950), queue.toArray(Captured[]::new));
        long first =
                signed.stream()
                        .filter(Generation.class::isInstance)
                        .map(Generation.class::cast)
                        .filter(generation -> generation.capture().at().isBefore(at(900)))
                        .mapToLong(Generation::pulses)
                        .sum();
        assertThat(first).isEqualTo(300);
    }

    @Test
    void aClockThatWasBeforeTheOriginCountsForTheFirstStepWithUnknownQuality() {
        Generation generation = (Generation) sign(at(10), pulse(-5000)).getFirst();
        assertThat(generation.capture().at()).isEqualTo(ORIGIN);
        assertThat(generation.capture().quality())
                .isEqualTo(energy.cryptometer.ledger.unit.ClockQuality.UNKNOWN);
    }

    @Test
    void anEventKeepsItsPlaceAmongThePulses() {
        Captured event =
                new Captured.OfEvent(
                        ++captures,
                        MeterEventKind.GAP,
                        new MeterEvent.Detail(0, 3, "edges lost"),
                        reading(2));
        assertThat(sign(at(10), pulse(1), event, pulse(3)))
                .extracting(Transaction::type)
                .containsExactly(
                        TransactionType.GENERATION,
                        TransactionType.METER_EVENT,
                        TransactionType.GENERATION);
    }

    private static Instant at(long second) {
        return ORIGIN.plusSeconds(second);
    }

    private static BoardClock.Reading reading(long second) {
        return new BoardClock.Reading(
                Math.max(0, second) * 1_000_000_000L, BOOT, at(second), ClockQuality.SYNCHRONISED);
    }

    private Captured pulse(long second) {
        return new Captured.OfPulse(++captures, ++pulses, reading(second));
    }

    private Captured[] many(int number, long second) {
        Captured[] many = new Captured[number];
        for (int i = 0; i < number; i++) {
            many[i] = pulse(second);
        }
        return many;
    }

    private SigningPlan plan(Instant now) {
        SigningSettings terms =
                new SigningSettings(
                        new StepSchedule(
                                ORIGIN, STEP, Duration.ofSeconds(20), Duration.ofSeconds(25)),
                        plant,
                        new PulseConstant(1000),
                        PulseStatus.CONTACT,
                        maxPulses,
                        Duration.ZERO);
        return new SigningPlan(
                terms,
                new SigningPlan.Start(link, pending, backlog),
                now,
                content -> SignedTransaction.sign(content, signer, community));
    }

    /// Signs the whole queue and keeps in mind, as a journal would, what is pending.
    private List<Transaction> sign(Instant now, Captured... queue) {
        backlog = queue.length;
        List<SignedTransaction> signed = plan(now).sign(List.of(queue), true);
        for (SignedTransaction transaction : signed) {
            link = transaction.next();
            switch (transaction.content()) {
                case Transfer _ -> pending = pending.withoutOldest();
                case Generation generation -> remember(generation);
                default -> {}
            }
        }
        return signed.stream().map(SignedTransaction::content).toList();
    }

    private void remember(Generation generation) {
        var step =
                new StepSchedule(ORIGIN, STEP, Duration.ofSeconds(20), Duration.ofSeconds(25))
                        .stepAt(generation.capture().at());
        pending = pending.with(step, generation);
    }
}

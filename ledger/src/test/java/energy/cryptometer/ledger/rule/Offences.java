package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.Offer;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One transaction for each rule about transactions, which breaks that rule and no other.
final class Offences {
    private static final Instant MORNING = SmallCommunity.ORIGIN.plusSeconds(5);
    private static final Duration STEP = Duration.ofMinutes(15);

    private final SmallCommunity small;
    private final Transition transition;

    /// The last step of the block is step 300.
    Offences(SmallCommunity small) {
        this.small = small;
        transition =
                new Transition(
                        small.genesis,
                        ChainState.of(small.genesis).accounts(),
                        new MarketStep(300));
    }

    static Refusal refusal(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?>(Refusal refusal)) {
            return refusal;
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private SignedTransaction sign(Transaction content, Signer signer) {
        return SignedTransaction.sign(content, signer, small.genesis.community());
    }

    private Refusal meter(SignedTransaction transaction) {
        var before = transition.accounts();
        Refusal refusal = refusal(transition.applyToMeter(transaction));
        if (!before.equals(transition.accounts())) {
            throw new AssertionError("a refused transaction changed the accounts");
        }
        return refusal;
    }

    private Refusal plant(Transaction content) {
        return refusal(transition.applyToPlant(sign(content, small.plant)));
    }

    private static Generation pulse(ChainLink link, long count, int pulses, Instant at) {
        return new Generation(
                link,
                count,
                pulses,
                new Capture(at, ClockQuality.SYNCHRONISED),
                PulseStatus.CONTACT);
    }

    private static Generation firstPulse() {
        return pulse(ChainLink.first(), 1, 1, MORNING);
    }

    private ScriptedMeter honest() {
        return new ScriptedMeter(small.genesis, small.meterA);
    }

    SignedTransaction strangersPulse() {
        return sign(firstPulse(), SmallCommunity.signer("stranger"));
    }

    SignedTransaction unsignedPulse() {
        return SignedTransaction.of(
                firstPulse(),
                small.meterA.publicKey().id(),
                new byte[64],
                small.genesis.community());
    }

    Refusal stranger() {
        return meter(strangersPulse());
    }

    Refusal participantWhoGenerates() {
        return meter(sign(firstPulse(), small.participantX));
    }

    Refusal nodeThatGenerates() {
        return meter(sign(firstPulse(), small.node));
    }

    Refusal meterThatAllocates() {
        return meter(sign(allocation(List.of(Hash.ZERO), 0), small.meterA));
    }

    Refusal plantThatGenerates() {
        return plant(firstPulse());
    }

    Refusal skippedSequence() {
        return meter(sign(pulse(new ChainLink(2, Hash.ZERO), 1, 1, MORNING), small.meterA));
    }

    Refusal replayed() {
        SignedTransaction pulse = honest().pulse(MORNING);
        transition.applyToMeter(pulse);
        return meter(pulse);
    }

    Refusal wrongPredecessor() {
        ScriptedMeter meter = honest();
        transition.applyToMeter(meter.pulse(MORNING));
        return meter(sign(pulse(new ChainLink(2, Hash.ZERO), 2, 1, MORNING), small.meterA));
    }

    Refusal pulseCountedTwice() {
        ScriptedMeter meter = honest();
        transition.applyToMeter(meter.pulse(MORNING));
        return meter(sign(pulse(meter.link(), 1, 1, MORNING), small.meterA));
    }

    Refusal pulseLeftOut() {
        return meter(sign(pulse(ChainLink.first(), 2, 1, MORNING), small.meterA));
    }

    Refusal bundledPulses() {
        return meter(sign(pulse(ChainLink.first(), 2, 2, MORNING), small.meterA));
    }

    Refusal beforeTheCommunity() {
        Instant before = SmallCommunity.ORIGIN.minusMillis(1);
        return meter(sign(pulse(ChainLink.first(), 1, 1, before), small.meterA));
    }

    Refusal tomorrow() {
        Instant after = SmallCommunity.ORIGIN.plus(STEP.multipliedBy(301));
        return meter(sign(pulse(ChainLink.first(), 1, 1, after), small.meterA));
    }

    Refusal halfARange() {
        ScriptedMeter meter = honest();
        meter.pulses(2, MORNING, 10).forEach(transition::applyToMeter);
        PulseRange half = new PulseRange(new MarketStep(0), 1, 1, 0, 1);
        return meter(transfer(meter.link(), half, small.genesis.plantAccount(), 1000));
    }

    Refusal nothingToMove() {
        PulseRange range = new PulseRange(new MarketStep(0), 1, 1, 0, 1);
        return meter(transfer(ChainLink.first(), range, small.genesis.plantAccount(), 1000));
    }

    Refusal paidToAFriend() {
        ScriptedMeter meter = honest();
        transition.applyToMeter(meter.pulse(MORNING));
        AccountId friend = AccountId.of(small.participantX.publicKey());
        PulseRange range = new PulseRange(new MarketStep(0), 1, 1, 0, 1);
        return meter(transfer(meter.link(), range, friend, 1000));
    }

    Refusal oneMilliwattHourMore() {
        ScriptedMeter meter = honest();
        transition.applyToMeter(meter.pulse(MORNING));
        PulseRange range = new PulseRange(new MarketStep(0), 1, 1, 0, 1);
        return meter(transfer(meter.link(), range, small.genesis.plantAccount(), 1001));
    }

    Refusal neverTransferred() {
        ScriptedMeter meter = honest();
        for (int step = 0; step < 200; step++) {
            transition.applyToMeter(meter.pulse(MORNING.plus(STEP.multipliedBy(step))));
        }
        return meter(meter.pulse(MORNING.plus(STEP.multipliedBy(200))));
    }

    private SignedTransaction transfer(
            ChainLink link, PulseRange range, AccountId to, long milliwattHours) {
        return sign(new Transfer(link, range, to, new Energy(milliwattHours)), small.meterA);
    }

    private Allocation allocation(List<Hash> transfers, long step, Credit... credits) {
        List<Credit> given =
                credits.length == 0
                        ? List.of(new Credit(new AccountId(Hash.ZERO), Energy.ZERO))
                        : List.of(credits);
        return new Allocation(ChainLink.first(), new MarketStep(step), transfers, given);
    }

    private Hash waitingTransfer() {
        ScriptedMeter meter = honest();
        transition.applyToMeter(meter.pulse(MORNING));
        SignedTransaction transfer = meter.transfer();
        transition.applyToMeter(transfer);
        return transfer.id();
    }

    Refusal inventedTransfer() {
        return plant(allocation(List.of(Hash.ZERO), 0));
    }

    Refusal dividedTwice() {
        waitingTransfer();
        Allocation right = transition.dueAllocations().getFirst().at(ChainLink.first());
        SignedTransaction signed = sign(right, small.plant);
        transition.applyToPlant(signed);
        return plant(
                new Allocation(signed.next(), right.step(), right.transfers(), right.credits()));
    }

    Refusal transferOfAnotherStep() {
        return plant(allocation(List.of(waitingTransfer()), 1));
    }

    Refusal allToX() {
        Credit all = new Credit(AccountId.of(small.participantX.publicKey()), new Energy(1000));
        return plant(allocation(List.of(waitingTransfer()), 0, all));
    }

    Refusal offer() {
        return meter(sign(new Offer(ChainLink.first(), new Height(9), 5), small.node));
    }

    Refusal offerOfTheMeter() {
        return meter(sign(new Offer(ChainLink.first(), new Height(9), 5), small.meterA));
    }

    Refusal offerOfThePlant() {
        return plant(new Offer(ChainLink.first(), new Height(9), 5));
    }

    Refusal offerOfAStranger() {
        return meter(
                sign(
                        new Offer(ChainLink.first(), new Height(9), 5),
                        SmallCommunity.signer("stranger")));
    }
}

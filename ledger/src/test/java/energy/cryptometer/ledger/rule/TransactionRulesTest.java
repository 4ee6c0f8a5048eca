package energy.cryptometer.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The same rules broken in other ways, and what they allow.
class TransactionRulesTest {
    private final SmallCommunity small = new SmallCommunity();

    private Reason reason(Function<Offences, Refusal> offence) {
        return offence.apply(new Offences(small)).reason();
    }

    @Test
    void everyoneKeepsToHisRole() {
        assertThat(reason(Offences::meterThatAllocates)).isEqualTo(Reason.WRONG_ROLE);
        assertThat(reason(Offences::plantThatGenerates)).isEqualTo(Reason.WRONG_ROLE);
    }

    @Test
    void aTransactionSentAgainIsRefusedByItsSequence() {
        assertThat(reason(Offences::replayed)).isEqualTo(Reason.WRONG_SEQUENCE);
    }

    @Test
    void aPulseLeftOutOfTheCountIsRefused() {
        assertThat(reason(Offences::pulseLeftOut)).isEqualTo(Reason.WRONG_COUNT);
    }

    @Test
    void aTransferOfNothingIsRefused() {
        assertThat(reason(Offences::nothingToMove)).isEqualTo(Reason.WRONG_RANGE);
    }

    @Test
    void aTransferIsDividedOnce() {
        assertThat(reason(Offences::dividedTwice)).isEqualTo(Reason.UNKNOWN_TRANSFER);
    }

    @Test
    void laterTypesAreRefusedAlikeForEveryMember() {
        assertThat(reason(Offences::offer)).isEqualTo(Reason.NOT_ACCEPTED_YET);
        assertThat(reason(Offences::offerOfTheMeter)).isEqualTo(Reason.NOT_ACCEPTED_YET);
        assertThat(reason(Offences::offerOfThePlant)).isEqualTo(Reason.NOT_ACCEPTED_YET);
        assertThat(reason(Offences::offerOfAStranger)).isEqualTo(Reason.UNKNOWN_SENDER);
    }

    @Test
    void theLastStepIsStillAllowed() {
        Transition transition =
                new Transition(small.genesis, Accounts.of(small.genesis), new MarketStep(3));
        ScriptedMeter meter = new ScriptedMeter(small.genesis, small.meterA);
        var lastInstant = small.genesis.schedule().end(new MarketStep(3)).minusMillis(1);
        assertThat(transition.applyToMeter(meter.pulse(lastInstant)))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(
                        Offences.refusal(
                                        transition.applyToMeter(
                                                meter.pulse(lastInstant.plusMillis(1))))
                                .reason())
                .isEqualTo(Reason.FUTURE_DATED);
    }

    @Test
    void whereTheCommunityAllowsItABacklogIsBundled() {
        SmallCommunity bundling = new SmallCommunity(10);
        Transition transition =
                new Transition(bundling.genesis, Accounts.of(bundling.genesis), new MarketStep(0));
        Generation ten =
                new Generation(
                        ChainLink.first(),
                        10,
                        10,
                        new Capture(SmallCommunity.ORIGIN, ClockQuality.INFORMATIVE),
                        PulseStatus.CONTACT);
        SignedTransaction signed =
                SignedTransaction.sign(ten, bundling.meterA, bundling.genesis.community());
        assertThat(transition.applyToMeter(signed)).isInstanceOf(Outcome.Accepted.class);
        assertThat(transition.accounts().meters().values())
                .filteredOn(
                        meter -> meter.account().equals(AccountId.of(bundling.meterA.publicKey())))
                .singleElement()
                .satisfies(meter ->
                        assertThat(meter.register()).isEqualTo(Energy.ofMilliwattHours(10_000)));
        Generation eleven =
                new Generation(signed.next(), 21, 11, ten.capture(), PulseStatus.CONTACT);
        assertThat(
                        Offences.refusal(
                                        transition.applyToMeter(
                                                SignedTransaction.sign(
                                                        eleven,
                                                        bundling.meterA,
                                                        bundling.genesis.community())))
                                .sentence())
                .contains("holds 11 pulses, the community allows 10");
    }

    @Test
    void whereAThousandTransfersWaitForAnAllocationTheNextOneHasNoRoom() {
        Signer unsigned =
                new Signer() {
                    @Override
                    public PublicKey publicKey() {
                        return small.meterA.publicKey();
                    }

                    @Override
                    public byte[] sign(byte[] message) {
                        return new byte[64];
                    }
                };
        ScriptedMeter meter = new ScriptedMeter(small.genesis, unsigned);
        Transition transition =
                new Transition(small.genesis, Accounts.of(small.genesis), new MarketStep(0));
        for (int i = 0; i < 1000; i++) {
            transition.applyToMeter(meter.pulse(SmallCommunity.ORIGIN));
            assertThat(transition.applyToMeter(meter.transfer()))
                    .isInstanceOf(Outcome.Accepted.class);
        }
        transition.applyToMeter(meter.pulse(SmallCommunity.ORIGIN));
        Accounts before = transition.accounts();
        Refusal refusal = Offences.refusal(transition.applyToMeter(meter.transfer()));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MUCH_PENDING);
        assertThat(refusal.sentence()).contains("1000 transfers wait for their allocation");
        assertThat(transition.accounts()).isEqualTo(before);
        assertThat(transition.dueAllocations().getFirst().transfers()).hasSize(500);
    }

    @Test
    void aNodeIsAMemberAndNoMeter() {
        assertThat(reason(Offences::nodeThatGenerates)).isEqualTo(Reason.WRONG_ROLE);
    }
}

package energy.cryptometer.ledger.rule;

import static energy.cryptometer.ledger.rule.TableOneTest.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.MarketStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A pulse that comes late stands in a later block and is booked to its own step all the same.
class LatePulseTest {
    private static final Duration STEP = Duration.ofMinutes(15);

    private final SmallCommunity small = new SmallCommunity();
    private final BlockRules rules = new BlockRules(small.genesis);
    private final ScriptedMeter meter = new ScriptedMeter(small.genesis, small.meterA);
    private ChainState chain = ChainState.of(small.genesis);
    private ChainLink plantLink = ChainLink.first();

    /// Approves these, and what the plant owes after them.
    private List<Allocation> approve(SignedTransaction... transactions) {
        List<SignedTransaction> all = new ArrayList<>(List.of(transactions));
        Transition preview =
                new Transition(
                        small.genesis, chain.accounts(), chain.tip().height().next().closedStep());
        all.forEach(transaction -> accepted(preview.applyToMeter(transaction)));
        List<Allocation> allocations = new ArrayList<>();
        for (PlantRules.Draft draft : preview.dueAllocations()) {
            Allocation allocation = draft.at(plantLink);
            SignedTransaction signed =
                    SignedTransaction.sign(allocation, small.plant, small.genesis.community());
            allocations.add(allocation);
            all.add(signed);
            plantLink = signed.next();
        }
        chain = accepted(rules.append(chain, small.block(chain, all)));
        return allocations;
    }

    @Test
    void aSupplementaryTransferAndAllocationFollow() {
        var morning = SmallCommunity.ORIGIN.plusSeconds(60);
        List<Allocation> first = approve(meter.pulse(morning), meter.transfer());
        assertThat(first).singleElement().extracting(Allocation::step).isEqualTo(new MarketStep(0));

        SignedTransaction late = meter.pulse(morning.plusSeconds(60));
        SignedTransaction onTime = meter.pulse(morning.plus(STEP));
        SignedTransaction supplementary = meter.transfer();
        SignedTransaction regular = meter.transfer();
        List<Allocation> second = approve(late, onTime, supplementary, regular);

        assertThat(second)
                .extracting(Allocation::step)
                .containsExactly(new MarketStep(0), new MarketStep(1));
        assertThat(((Transfer) supplementary.content()).range().step())
                .isEqualTo(new MarketStep(0));
        assertThat(chain.tip().height().value()).isEqualTo(2);
        assertThat(chain.accounts().plant().allocated().milliwattHours()).isEqualTo(3000);
    }

    @Test
    void aClockThatStepsBackOpensAnEarlierStepAgain() {
        var noon = SmallCommunity.ORIGIN.plus(STEP).plusSeconds(10);
        approve();
        List<Allocation> allocations =
                approve(
                        meter.pulse(noon),
                        meter.pulse(noon.minus(STEP)),
                        meter.pulse(noon.plusSeconds(1)),
                        meter.transfer(),
                        meter.transfer(),
                        meter.transfer());
        assertThat(allocations)
                .extracting(Allocation::step)
                .containsExactly(new MarketStep(0), new MarketStep(1));
        assertThat(allocations.getLast().transfers()).hasSize(2);
    }

    @Test
    void aTransferThatIsNotAllocatedWaits() {
        SignedTransaction pulse = meter.pulse(SmallCommunity.ORIGIN);
        SignedTransaction transfer = meter.transfer();
        chain = accepted(rules.append(chain, small.block(chain, List.of(pulse, transfer))));
        assertThat(chain.accounts().plant().waiting()).hasSize(1);
        assertThat(chain.accounts().plant().allocated().milliwattHours()).isZero();

        assertThat(approve())
                .singleElement()
                .extracting(Allocation::step)
                .isEqualTo(new MarketStep(0));
        assertThat(chain.accounts().plant().waiting()).isEmpty();
    }

    @Test
    void whoeverHandsThemInFirstTheBlockIsTheSame() {
        ScriptedMeter other = new ScriptedMeter(small.genesis, small.meterB);
        List<SignedTransaction> transactions = new ArrayList<>();
        transactions.addAll(meter.pulses(20, SmallCommunity.ORIGIN, 1000));
        transactions.add(meter.transfer());
        transactions.addAll(other.pulses(20, SmallCommunity.ORIGIN, 700));
        byte[] expected = small.block(chain, transactions).encode(small.genesis.community());
        Seeds.forAll(
                10,
                random -> {
                    List<SignedTransaction> shuffled = new ArrayList<>(transactions);
                    Collections.shuffle(shuffled, Random.from(random));
                    assertThat(small.block(chain, shuffled).encode(small.genesis.community()))
                            .isEqualTo(expected);
                });
    }
}

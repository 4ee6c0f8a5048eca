package energy.cryptometer.ledger.rule;

import static energy.cryptometer.ledger.rule.TableOneTest.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Settlement;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.PlantAccount.WaitingTransfer;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What goes in comes out, at every step, whatever meters and plant do within the rules. The oracle
/// knows no registers and no ranges: it values every single pulse by itself and adds up.
class ConservationTest {
    private static final int STEPS = 5;

    @Test
    void randomDaysOfRandomCommunitiesBalanceAtEveryStep() {
        Seeds.forAll(
                300,
                random -> {
                    RandomDay day = new RandomDay(random);
                    Accounts accounts = Accounts.of(day.genesis());
                    for (int step = 0; step < STEPS; step++) {
                        List<SignedTransaction> transactions = day.transactionsOf(step);
                        transactions.addAll(
                                allocations(
                                        day, accounts, new MarketStep(step), transactions, random));
                        Collections.shuffle(transactions, Random.from(random));
                        accounts = closed(day.genesis(), accounts, step, transactions);
                        requireBalance(day, accounts);
                    }
                    requireStepsAsPulses(day, accounts);
                });
    }

    private static Accounts closed(
            Genesis genesis, Accounts before, int step, List<SignedTransaction> transactions)
            throws Exception {
        Body built = new Body(Settlement.uncontested(0), Optional.empty(), transactions);
        Body body = Body.decode(built.encode(), genesis.community());
        assertThat(body).isEqualTo(built);
        return accepted(
                new Transition(genesis, before, new Height(step + 1).closedStep())
                        .apply(body.batches()));
    }

    /// The plant divides what is due, or some of it, or nothing.
    private static List<SignedTransaction> allocations(
            RandomDay day,
            Accounts accounts,
            MarketStep step,
            List<SignedTransaction> transactions,
            RandomGenerator random) {
        Transition preview = new Transition(day.genesis(), accounts, step);
        transactions.forEach(transaction -> accepted(preview.applyToMeter(transaction)));
        List<SignedTransaction> signed = new ArrayList<>();
        ChainLink link = accounts.plant().next();
        for (PlantRules.Draft draft : preview.dueAllocations()) {
            if (random.nextInt(4) > 0) {
                Allocation allocation = draft.at(link);
                signed.add(day.sign(allocation, day.plant()));
                link = signed.getLast().next();
            }
        }
        return signed;
    }

    private static void requireBalance(RandomDay day, Accounts accounts) {
        long moved = day.movedMilliwattHours();
        long waiting =
                accounts.plant().waiting().stream()
                        .map(WaitingTransfer::energy)
                        .mapToLong(energy -> energy.milliwattHours())
                        .sum();
        long credited =
                accounts.participants().values().stream()
                        .mapToLong(account -> account.credited().milliwattHours())
                        .sum();
        long tokens =
                accounts.participants().values().stream()
                        .mapToLong(account -> account.tokens())
                        .sum();
        assertThat(accounts.plant().received().milliwattHours()).isEqualTo(moved);
        assertThat(accounts.plant().allocated().milliwattHours()).isEqualTo(moved - waiting);
        assertThat(credited).isEqualTo(moved - waiting);
        assertThat(tokens).isEqualTo(credited);
        for (MeterAccount meter : accounts.meters().values()) {
            long pending =
                    meter.pending().ranges().stream()
                            .mapToLong(range -> range.energy(meter.constant()).milliwattHours())
                            .sum();
            assertThat(day.movedBy(meter.account()) + pending)
                    .isEqualTo(meter.register().milliwattHours());
            assertThat(meter.count()).isEqualTo(day.countOf(meter.account()));
        }
    }

    /// Per step, all transfers together are worth the pulses captured in that step, less those that
    /// still wait.
    private static void requireStepsAsPulses(RandomDay day, Accounts accounts) {
        Map<MarketStep, Long> expected = new TreeMap<>(day.pulseValueByStep());
        for (MeterAccount meter : accounts.meters().values()) {
            meter.pending()
                    .ranges()
                    .forEach(range ->
                            expected.merge(
                                    range.step(),
                                    -range.energy(meter.constant()).milliwattHours(),
                                    Long::sum));
        }
        expected.values().removeIf(value -> value == 0);
        assertThat(day.movedByStep()).isEqualTo(expected);
    }
}

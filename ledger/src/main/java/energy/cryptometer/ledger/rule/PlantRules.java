package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.allocation.LargestRemainder;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.state.PlantAccount;
import energy.cryptometer.ledger.state.PlantAccount.WaitingTransfer;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the virtual power plant may say: for each step, exactly what the contract's key yields.
public final class PlantRules {
    private PlantRules() {}

    /// The allocations that are due: one per market step whose transfers wait, oldest step first,
    /// at most [Allocation#MAX_TRANSFERS] transfers in each. They are what an honest virtual power
    /// plant signs, each with the next link of its chain.
    public static List<Draft> due(PlantAccount plant, LargestRemainder key) {
        Map<MarketStep, List<WaitingTransfer>> bySteps = new TreeMap<>();
        for (WaitingTransfer transfer : plant.waiting()) {
            bySteps.computeIfAbsent(transfer.step(), _ -> new ArrayList<>()).add(transfer);
        }
        return bySteps.entrySet().stream()
                .map(step -> draft(step.getKey(), step.getValue(), key))
                .toList();
    }

    private static Draft draft(
            MarketStep step, List<WaitingTransfer> waiting, LargestRemainder key) {
        List<WaitingTransfer> chosen = waiting.stream().limit(Allocation.MAX_TRANSFERS).toList();
        List<Hash> ids = chosen.stream().map(WaitingTransfer::id).sorted().toList();
        return new Draft(step, ids, key.divide(sum(chosen)));
    }

    /// An allocation that still needs its place in the chain.
    public record Draft(MarketStep step, List<Hash> transfers, List<Credit> credits) {
        public Allocation at(ChainLink link) {
            return new Allocation(link, step, transfers, credits);
        }
    }

    /// Applies one allocation to the plant; the credits are in the transaction.
    public static Outcome<PlantAccount> apply(
            PlantAccount plant, SignedTransaction transaction, LargestRemainder key) {
        Optional<Refusal> broken =
                VersionRule.check(transaction)
                        .or(() -> checkRole(transaction))
                        .or(() -> ChainRule.check(plant.next(), transaction));
        if (broken.isPresent() || !(transaction.content() instanceof Allocation allocation)) {
            return new Outcome.Refused<>(broken.orElseThrow());
        }
        return divided(plant, allocation)
                .then(transfers -> credited(plant, transaction, allocation, transfers, key));
    }

    private static Optional<Refusal> checkRole(SignedTransaction transaction) {
        return transaction.content() instanceof Allocation
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Reason.WRONG_ROLE,
                                "%s: the virtual power plant only allocates",
                                transaction));
    }

    private static Outcome<List<WaitingTransfer>> divided(
            PlantAccount plant, Allocation allocation) {
        Map<Hash, WaitingTransfer> waiting = new HashMap<>();
        plant.waiting().forEach(transfer -> waiting.put(transfer.id(), transfer));
        List<WaitingTransfer> divided = new ArrayList<>();
        for (Hash id : allocation.transfers()) {
            WaitingTransfer found = waiting.get(id);
            if (found == null) {
                return Outcome.refused(
                        Reason.UNKNOWN_TRANSFER,
                        "allocation of %s divides %s, which does not wait",
                        allocation.step(),
                        id);
            }
            if (!found.step().equals(allocation.step())) {
                return Outcome.refused(
                        Reason.WRONG_STEP,
                        "allocation of %s divides a transfer of %s",
                        allocation.step(),
                        found.step());
            }
            divided.add(found);
        }
        return new Outcome.Accepted<>(divided);
    }

    private static Outcome<PlantAccount> credited(
            PlantAccount plant,
            SignedTransaction transaction,
            Allocation allocation,
            List<WaitingTransfer> transfers,
            LargestRemainder key) {
        Energy energy = sum(transfers);
        List<Credit> expected = key.divide(energy);
        if (!allocation.credits().equals(expected)) {
            return Outcome.refused(
                    Reason.WRONG_ALLOCATION,
                    "%s credits %s, the contract gives %s",
                    transaction,
                    allocation.credits(),
                    expected);
        }
        List<WaitingTransfer> rest = new ArrayList<>(plant.waiting());
        rest.removeAll(Set.copyOf(transfers));
        return new Outcome.Accepted<>(
                new PlantAccount(
                        plant.account(),
                        transaction.next(),
                        plant.received(),
                        plant.allocated().plus(energy),
                        rest));
    }

    private static Energy sum(List<WaitingTransfer> transfers) {
        return transfers.stream().map(WaitingTransfer::energy).reduce(Energy.ZERO, Energy::plus);
    }
}

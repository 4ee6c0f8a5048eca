package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.allocation.LargestRemainder;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.state.PlantAccount;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// From the accounts before a block to the accounts after it. Meters come first, ascending by
/// account and each in sequence, then the virtual power plant, so an allocation may divide
/// transfers of its own block.
public final class Transition {
    private final Genesis genesis;
    private final MarketStep last;
    private final LargestRemainder key;
    private final SortedMap<AccountId, MeterAccount> meters;
    private final SortedMap<AccountId, ParticipantAccount> participants;
    private final Map<KeyId, AccountId> meterByKey = new HashMap<>();
    private final Accounts before;
    private PlantAccount plant;

    /// Begins a block.
    ///
    /// @param before accounts after the previous block
    /// @param last the step the block closes; nothing later may stand in it
    public Transition(Genesis genesis, Accounts before, MarketStep last) {
        this.genesis = genesis;
        this.before = before;
        this.last = last;
        this.meters = new TreeMap<>(before.meters());
        this.participants = new TreeMap<>(before.participants());
        this.plant = before.plant();
        this.key = new LargestRemainder(before.shares());
        genesis.meters().forEach(meter -> meterByKey.put(meter.key().id(), meter.account()));
    }

    /// Applies whole chains, meters before the plant.
    ///
    /// @param batches at most one per sender
    public Outcome<Accounts> apply(List<Batch> batches) {
        for (Batch batch : batches) {
            if (!batch.signer().equals(genesis.plant().id())) {
                for (SignedTransaction transaction : batch.transactions()) {
                    if (applyToMeter(transaction) instanceof Outcome.Refused<?> refused) {
                        return new Outcome.Refused<>(refused.refusal());
                    }
                }
            }
        }
        for (Batch batch : batches) {
            if (batch.signer().equals(genesis.plant().id())) {
                for (SignedTransaction transaction : batch.transactions()) {
                    if (applyToPlant(transaction) instanceof Outcome.Refused<?> refused) {
                        return new Outcome.Refused<>(refused.refusal());
                    }
                }
            }
        }
        return new Outcome.Accepted<>(accounts());
    }

    /// Applies one meter's next transaction; a refused one changes nothing.
    public Outcome<MeterAccount> applyToMeter(SignedTransaction transaction) {
        AccountId account = meterByKey.get(transaction.signer());
        MeterAccount meter = account == null ? null : meters.get(account);
        if (account == null || meter == null) {
            return notAMeter(transaction);
        }
        Outcome<MeterAccount> outcome =
                MeterRules.apply(meter, transaction, last, genesis)
                        .then(next -> roomAtPlant(next, transaction));
        if (outcome instanceof Outcome.Accepted<MeterAccount>(MeterAccount next)) {
            meters.put(account, next);
            if (transaction.content() instanceof Transfer transfer) {
                plant =
                        plant.receive(
                                new PlantAccount.WaitingTransfer(
                                        transaction.id(),
                                        transfer.range().step(),
                                        transfer.energy()));
            }
        }
        return outcome;
    }

    private Outcome<MeterAccount> roomAtPlant(MeterAccount next, SignedTransaction transaction) {
        if (transaction.content() instanceof Transfer
                && plant.waiting().size() == PlantAccount.MAX_WAITING) {
            return Outcome.refused(
                    Reason.TOO_MUCH_PENDING,
                    "%s: %d transfers wait for their allocation, limit %d",
                    transaction,
                    plant.waiting().size(),
                    PlantAccount.MAX_WAITING);
        }
        return new Outcome.Accepted<>(next);
    }

    private Outcome<MeterAccount> notAMeter(SignedTransaction transaction) {
        if (!genesis.signers().containsKey(transaction.signer())) {
            return Outcome.refused(
                    Reason.UNKNOWN_SENDER, "%s: the community knows no such key", transaction);
        }
        return new Outcome.Refused<>(
                VersionRule.check(transaction)
                        .orElseGet(() ->
                                Refusal.of(
                                        Reason.WRONG_ROLE,
                                        "%s: its signer is a member but no meter",
                                        transaction)));
    }

    /// Applies one allocation and credits the participants; a refused one changes nothing.
    public Outcome<PlantAccount> applyToPlant(SignedTransaction transaction) {
        Outcome<PlantAccount> outcome = PlantRules.apply(plant, transaction, key);
        if (outcome instanceof Outcome.Accepted<PlantAccount>(PlantAccount next)
                && transaction.content() instanceof Allocation allocation) {
            plant = next;
            for (Credit credit : allocation.credits()) {
                participants.computeIfPresent(
                        credit.account(), (_, participant) -> participant.credit(credit.energy()));
            }
        }
        return outcome;
    }

    /// The allocations that are due now.
    public List<PlantRules.Draft> dueAllocations() {
        return PlantRules.due(plant, key);
    }

    public PlantAccount plant() {
        return plant;
    }

    /// The accounts as they stand now.
    public Accounts accounts() {
        return new Accounts(meters, participants, plant, before.nodes());
    }
}

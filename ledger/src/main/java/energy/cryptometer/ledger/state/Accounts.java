package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.unit.AccountId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All accounts after a block. Its tree has one leaf per account, ascending by (kind, account).
public record Accounts(
        SortedMap<AccountId, MeterAccount> meters,
        SortedMap<AccountId, ParticipantAccount> participants,
        PlantAccount plant,
        SortedMap<AccountId, NodeAccount> nodes) {
    public Accounts {
        meters = Collections.unmodifiableSortedMap(new TreeMap<>(meters));
        participants = Collections.unmodifiableSortedMap(new TreeMap<>(participants));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /// The accounts before the first block.
    public static Accounts of(Genesis genesis) {
        return new Accounts(
                sorted(
                        genesis.meters().stream()
                                .map(meter ->
                                        MeterAccount.fresh(meter.account(), meter.constant()))),
                sorted(genesis.participants().stream().map(ParticipantAccount::fresh)),
                PlantAccount.fresh(genesis.plantAccount()),
                sorted(
                        genesis.nodes().nodes().stream()
                                .map(node -> NodeAccount.fresh(node.account()))));
    }

    private static <A extends Account> SortedMap<AccountId, A> sorted(Stream<A> accounts) {
        return accounts.collect(
                Collectors.toMap(Account::account, Function.identity(), (a, _) -> a, TreeMap::new));
    }

    /// The leaves in order.
    public List<Account> leaves() {
        List<Account> leaves = new ArrayList<>(meters.values());
        leaves.addAll(participants.values());
        leaves.add(plant);
        leaves.addAll(nodes.values());
        return leaves;
    }

    /// Place of an account's leaf in the tree. A node's leaf is only found if no participant, meter
    /// or plant has the same account, which the genesis refuses.
    public OptionalInt indexOf(AccountId account) {
        List<Account> leaves = leaves();
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).account().equals(account)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public MerkleTree tree() {
        return MerkleTree.ofEntries(leaves().stream().map(Account::encode).toList());
    }

    /// The contract's shares, parts per million by account.
    public Map<AccountId, Integer> shares() {
        return participants.values().stream()
                .collect(
                        Collectors.toMap(
                                ParticipantAccount::account,
                                ParticipantAccount::sharePartsPerMillion));
    }
}

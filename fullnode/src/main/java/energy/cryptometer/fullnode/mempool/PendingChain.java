package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.rule.MeterRules;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One meter's transactions after its last approved one, without a gap, and its account as it would
/// stand after them. A value.
///
/// @param approved place of the first of them
record PendingChain(
        ChainLink approved, List<SignedTransaction> transactions, MeterAccount account) {
    static PendingChain none(MeterAccount approved) {
        return new PendingChain(approved.next(), List.of(), approved);
    }

    /// TransactionLocation of the next transaction.
    ChainLink next() {
        return account.next();
    }

    /// The one with this sequence, if it waits.
    Optional<SignedTransaction> at(long sequence) {
        long index = sequence - approved.sequence();
        return index >= 0 && index < transactions.size()
                ? Optional.of(transactions.get((int) index))
                : Optional.empty();
    }

    /// With more transactions, or the first rule one of them breaks.
    ///
    /// @param last latest step that may be spoken of
    Outcome<PendingChain> plus(List<SignedTransaction> more, MarketStep last, Genesis genesis) {
        MeterAccount account = this.account;
        for (SignedTransaction transaction : more) {
            switch (MeterRules.apply(account, transaction, last, genesis)) {
                case Outcome.Accepted<MeterAccount>(MeterAccount next) -> account = next;
                case Outcome.Refused<MeterAccount>(var refusal) -> {
                    return new Outcome.Refused<>(refusal);
                }
            }
        }
        List<SignedTransaction> all = new ArrayList<>(transactions.size() + more.size());
        all.addAll(transactions);
        all.addAll(more);
        return new Outcome.Accepted<>(new PendingChain(approved, all, account));
    }

    /// Without those that a block holds now.
    PendingChain approvedUpTo(ChainLink next) {
        int gone = (int) Math.min(next.sequence() - approved.sequence(), transactions.size());
        return gone <= 0
                ? this
                : new PendingChain(
                        next,
                        new ArrayList<>(transactions.subList(gone, transactions.size())),
                        account);
    }

    /// The longest piece from the front that speaks of no later step.
    List<SignedTransaction> upTo(MarketStep last, Genesis genesis) {
        int count = 0;
        while (count < transactions.size() && isUpTo(transactions.get(count), last, genesis)) {
            count++;
        }
        return List.copyOf(transactions.subList(0, count));
    }

    private static boolean isUpTo(SignedTransaction one, MarketStep last, Genesis genesis) {
        return MeterRules.step(one.content(), genesis)
                        instanceof Outcome.Accepted<MarketStep>(MarketStep step)
                && step.compareTo(last) <= 0;
    }
}

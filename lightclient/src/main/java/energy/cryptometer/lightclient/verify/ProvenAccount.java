package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;

/// An account as it stood after a block, proven. Only a genesis and a true proof make one.
public final class ProvenAccount {
    private final Height height;
    private final Account account;

    ProvenAccount(Height height, Account account) {
        this.height = height;
        this.account = account;
    }

    /// An account before the first block; none if the community does not know it.
    public static Optional<ProvenAccount> atGenesis(Genesis genesis, AccountId id) {
        return Accounts.of(genesis).leaves().stream()
                .filter(leaf -> leaf.account().equals(id))
                .findFirst()
                .map(leaf -> new ProvenAccount(Height.GENESIS, leaf));
    }

    public Height height() {
        return height;
    }

    public Account account() {
        return account;
    }

    @Override
    public String toString() {
        return "account %s at %s".formatted(account.account(), height);
    }
}

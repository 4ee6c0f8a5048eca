package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.state.Accounts;

/// A chain as far as the next block needs it: its end and the accounts there. A value; appending
/// gives a new one.
public record ChainState(Genesis genesis, ChainTip tip, Accounts accounts) {
    public static ChainState of(Genesis genesis) {
        return new ChainState(genesis, ChainTip.of(genesis), Accounts.of(genesis));
    }
}

package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.state.Accounts;

/// A chain as far as the next block needs it: its end and the accounts there. A value; appending
/// gives a new one.
public record Chain(Genesis genesis, Tip tip, Accounts accounts) {
    public static Chain of(Genesis genesis) {
        return new Chain(genesis, Tip.of(genesis), Accounts.of(genesis));
    }
}

package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;

/// Energy that an allocation gives to one virtual generation meter.
public record Credit(AccountId account, Energy energy) {}

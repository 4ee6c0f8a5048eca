package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.StepSchedule;

/// Whose journal it is. A journal of another community, meter key or source is refused.
///
/// @param source fingerprint of where the pulses come from: equal as long as cumulative counts mean
///   the same meter, 1 to 200 characters in one line
public record JournalIdentity(
        Community community, StepSchedule schedule, PublicKey key, String source) {
    public static final int MAX_SOURCE_LENGTH = 200;

    public JournalIdentity {
        if (source.isBlank() || source.length() > MAX_SOURCE_LENGTH || source.lines().count() > 1) {
            throw new IllegalArgumentException(
                    "source fingerprint '%s' is not one line of 1 to %d characters"
                            .formatted(source, MAX_SOURCE_LENGTH));
        }
    }

    public static JournalIdentity of(Genesis genesis, PublicKey key, String source) {
        return new JournalIdentity(genesis.community(), genesis.schedule(), key, source);
    }

    public AccountId account() {
        return AccountId.of(key);
    }
}

package energy.cryptometer.ledger.state;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;

/// A virtual generation meter after a block. The difference of two such leaves is a bill.
///
/// @param sharePartsPerMillion what the contract gives
/// @param credited all energy received since the genesis
/// @param tokens voting tokens held; one is minted with each milliwatt-hour
public record ParticipantAccount(
        AccountId account, int sharePartsPerMillion, Energy credited, long tokens)
        implements Account {
    public ParticipantAccount {
        if (tokens < 0 || sharePartsPerMillion < 0) {
            throw new IllegalArgumentException(
                    "participant account with %d tokens and share %d ppm"
                            .formatted(tokens, sharePartsPerMillion));
        }
    }

    /// A participant that has received nothing yet.
    public static ParticipantAccount fresh(ParticipantEntry entry) {
        return new ParticipantAccount(
                entry.account(), entry.sharePartsPerMillion(), Energy.ZERO, 0);
    }

    /// With more energy, and as many voting tokens.
    public ParticipantAccount credit(Energy energy) {
        return new ParticipantAccount(
                account,
                sharePartsPerMillion,
                credited.plus(energy),
                Math.addExact(tokens, energy.milliwattHours()));
    }

    @Override
    public int kind() {
        return 2;
    }

    @Override
    public int fieldCount() {
        return 5;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(sharePartsPerMillion).unsigned(credited.milliwattHours()).unsigned(tokens);
    }

    static ParticipantAccount readFields(AccountId account, CborReader reader)
            throws MalformedException {
        int share = (int) reader.unsigned("share", ParticipantEntry.WHOLE);
        Energy credited = new Energy(reader.unsigned("credited", Energy.MAX_MILLIWATT_HOURS));
        long tokens = reader.unsigned("tokens", Energy.MAX_MILLIWATT_HOURS);
        return new ParticipantAccount(account, share, credited, tokens);
    }
}

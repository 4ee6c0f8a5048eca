package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;

/// A candidate offers voting tokens for the right to propose a block (paper, Table 3). One token
/// was minted with each milliwatt-hour.
///
/// @param slot height of the block the candidate wants to propose, at least 1
/// @param tokens voting tokens, 1 to 2^62
public record Offer(ChainLink link, Height slot, long tokens) implements Transaction {
    public Offer {
        if (slot.equals(Height.GENESIS)) {
            throw new IllegalArgumentException("offer for slot 0: the genesis has no proposer");
        }
        if (tokens < 1 || tokens > Energy.MAX_MILLIWATT_HOURS) {
            throw new IllegalArgumentException(
                    "offer of %d tokens is outside 1 to 2^62".formatted(tokens));
        }
    }

    @Override
    public TransactionType type() {
        return TransactionType.OFFER;
    }

    @Override
    public int fieldCount() {
        return 5;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(slot.value()).unsigned(tokens);
    }

    static Offer read(ChainLink link, CborReader reader) throws MalformedException {
        Height slot = new Height(reader.unsigned("slot", Height.MAX_VALUE));
        return new Offer(link, slot, reader.unsigned("tokens", Energy.MAX_MILLIWATT_HOURS));
    }
}

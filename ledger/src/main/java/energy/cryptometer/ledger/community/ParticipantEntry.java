package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;

/// A consumer with a virtual generation meter.
///
/// @param sharePartsPerMillion what the static contract key gives, 0 to 1,000,000; all shares of a
///   community add up to exactly 1,000,000
public record ParticipantEntry(PublicKey key, int sharePartsPerMillion) implements Entry {
    public static final int WHOLE = 1_000_000;

    public ParticipantEntry {
        if (sharePartsPerMillion < 0 || sharePartsPerMillion > WHOLE) {
            throw new IllegalArgumentException(
                    "share %d ppm is outside 0 to %d ppm".formatted(sharePartsPerMillion, WHOLE));
        }
    }

    @Override
    public int kind() {
        return 2;
    }

    @Override
    public void write(CborWriter writer) {
        writer.array(3).unsigned(kind()).bytes(key.compressed()).unsigned(sharePartsPerMillion);
    }

    static ParticipantEntry readFields(CborReader reader) throws MalformedException {
        PublicKey key = PublicKey.of(reader.bytesOf("participant key", 33));
        return new ParticipantEntry(key, (int) reader.unsigned("share", WHOLE));
    }
}

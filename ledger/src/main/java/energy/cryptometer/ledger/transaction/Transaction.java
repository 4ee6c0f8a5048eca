package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;

/// What one sender says once. The payload is a CBOR array `[type, sequence, previous, ...]`; the
/// sender is the key that signed it, the community is bound by the signature's `external_aad`.
public sealed interface Transaction
        permits Generation,
                Transfer,
                Allocation,
                Offer,
                MeterEvent,
                Registration,
                Consumption,
                Evidence {
    /// Largest payload of any type, in bytes: a registration that admits 400 meters and revokes
    /// 400.
    int MAX_PAYLOAD_BYTES = 48 * 1024;

    TransactionType type();

    ChainLink link();

    /// Number of elements in the payload array, the three common ones included.
    int fieldCount();

    /// Appends the elements behind `[type, sequence, previous`.
    void writeFields(CborWriter writer);

    default long sequence() {
        return link().sequence();
    }

    /// The payload that is signed.
    default byte[] payload() {
        CborWriter writer = new CborWriter();
        writer.array(fieldCount())
                .unsigned(type().code())
                .unsigned(link().sequence())
                .bytes(link().previous().toBytes());
        writeFields(writer);
        return writer.toByteArray();
    }

    /// Decodes a payload strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    static Transaction decode(byte[] payload) throws MalformedException {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new MalformedException(
                    "transaction payload has %d bytes, limit %d"
                            .formatted(payload.length, MAX_PAYLOAD_BYTES));
        }
        try {
            CborReader reader = new CborReader(payload);
            int fields = reader.array("transaction", 16);
            TransactionType type =
                    TransactionType.ofCode(reader.unsigned("transaction type", Long.MAX_VALUE));
            ChainLink link =
                    new ChainLink(
                            reader.unsigned("sequence", ChainLink.MAX_SEQUENCE),
                            Hash.of(reader.bytesOf("previous transaction", 32)));
            Transaction transaction = readFields(type, link, reader);
            reader.end("transaction");
            if (fields != transaction.fieldCount()) {
                throw new MalformedException(
                        "%s has %d fields, expected %d"
                                .formatted(type, fields, transaction.fieldCount()));
            }
            return transaction;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException(String.valueOf(refused.getMessage()));
        }
    }

    private static Transaction readFields(TransactionType type, ChainLink link, CborReader reader)
            throws MalformedException {
        return switch (type) {
            case GENERATION -> Generation.read(link, reader);
            case TRANSFER -> Transfer.read(link, reader);
            case ALLOCATION -> Allocation.read(link, reader);
            case OFFER -> Offer.read(link, reader);
            case METER_EVENT -> MeterEvent.read(link, reader);
            case REGISTRATION -> Registration.read(link, reader);
            case CONSUMPTION -> Consumption.read(link, reader);
            case EVIDENCE -> Evidence.read(link, reader);
        };
    }
}

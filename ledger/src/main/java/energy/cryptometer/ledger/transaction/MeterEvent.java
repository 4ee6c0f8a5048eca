package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.ClockQuality;
import java.nio.charset.StandardCharsets;

/// Something a meter reports that is not energy.
///
/// @param capture when it happened
/// @param detail the numbers and words that belong to `kind`
public record MeterEvent(ChainLink link, Capture capture, MeterEventKind kind, Detail detail)
        implements Transaction {
    /// The numbers and words of an event.
    ///
    /// @param a 0 to 2^62, meaning by kind
    /// @param b 0 to 2^62, meaning by kind
    /// @param text at most 64 bytes of UTF-8
    public record Detail(long a, long b, String text) {
        public static final long MAX = 1L << 62;
        public static final int MAX_TEXT_BYTES = 64;

        public Detail {
            if (a < 0 || a > MAX || b < 0 || b > MAX) {
                throw new IllegalArgumentException(
                        "event numbers %d and %d are outside 0 to 2^62".formatted(a, b));
            }
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_TEXT_BYTES) {
                throw new IllegalArgumentException(
                        "event text has %d bytes, limit %d".formatted(bytes, MAX_TEXT_BYTES));
            }
        }
    }

    @Override
    public TransactionType type() {
        return TransactionType.METER_EVENT;
    }

    @Override
    public int fieldCount() {
        return 9;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.unsigned(capture.epochMillis())
                .unsigned(capture.quality().code())
                .unsigned(kind.code())
                .unsigned(detail.a())
                .unsigned(detail.b())
                .text(detail.text());
    }

    static MeterEvent read(ChainLink link, CborReader reader) throws MalformedException {
        long millis = reader.unsigned("occurred at", Capture.MAX_MILLIS);
        ClockQuality quality = ClockQuality.ofCode(reader.unsigned("clock quality", 2));
        MeterEventKind kind = MeterEventKind.ofCode(reader.unsigned("event kind", 255));
        long a = reader.unsigned("event number a", Detail.MAX);
        long b = reader.unsigned("event number b", Detail.MAX);
        String text = reader.text("event text", Detail.MAX_TEXT_BYTES);
        return new MeterEvent(
                link, Capture.ofMillis(millis, quality), kind, new Detail(a, b, text));
    }
}

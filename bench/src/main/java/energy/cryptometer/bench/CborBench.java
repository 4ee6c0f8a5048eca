package energy.cryptometer.bench;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// One item of the shape and size of a Generation transaction, decoded strictly by the ledger and
/// by another library that is told to accept canonical CBOR only.
@State(Scope.Benchmark)
public class CborBench {
    private static final int FIELDS = 8;
    private static final CBOREncodeOptions CANONICAL = new CBOREncodeOptions("ctap2canonical=true");

    private final byte[] item =
            new CborWriter()
                    .array(FIELDS)
                    .unsigned(1)
                    .bytes(new byte[32])
                    .unsigned(123_456_789)
                    .unsigned(123_456_790)
                    .unsigned(1_794_000_000_000L)
                    .unsigned(2)
                    .bytes(new byte[32])
                    .bytes(new byte[64])
                    .toByteArray();

    /// Field by field, each with its bound.
    @Benchmark
    public long decode() throws MalformedException {
        CborReader reader = new CborReader(item);
        reader.arrayOf("transaction", FIELDS);
        long sum = reader.unsigned("type", 10);
        sum += reader.bytesOf("meter", 32).length;
        sum += reader.unsigned("sequence", Long.MAX_VALUE);
        sum += reader.unsigned("count", Long.MAX_VALUE);
        sum += reader.unsigned("captured at", Long.MAX_VALUE);
        sum += reader.unsigned("quality", 10);
        sum += reader.bytesOf("previous", 32).length;
        sum += reader.bytesOf("signature", 64).length;
        reader.end("transaction");
        return sum;
    }

    /// The same bytes by the library.
    @Benchmark
    public CBORObject decodeByLibrary() {
        return CBORObject.DecodeFromBytes(item, CANONICAL);
    }

    /// The writer.
    @Benchmark
    public byte[] encode() {
        return new CborWriter()
                .array(FIELDS)
                .unsigned(1)
                .bytes(item)
                .unsigned(123_456_789)
                .unsigned(123_456_790)
                .unsigned(1_794_000_000_000L)
                .unsigned(2)
                .bytes(item)
                .bytes(item)
                .toByteArray();
    }
}

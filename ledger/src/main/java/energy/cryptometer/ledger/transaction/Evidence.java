package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Two messages that one key may not both have signed: two transactions with one sequence, or two
/// votes for one height, round and step. Both stand here whole, so anybody can check them.
public final class Evidence implements Transaction {
    /// Largest single message, in bytes.
    public static final int MAX_MESSAGE_BYTES = 8 * 1024;

    private final ChainLink link;
    private final byte[] first;
    private final byte[] second;

    public Evidence(ChainLink link, byte[] first, byte[] second) {
        requireSize("first message", first);
        requireSize("second message", second);
        if (Arrays.equals(first, second)) {
            throw new IllegalArgumentException("evidence: both messages are the same");
        }
        this.link = link;
        this.first = first.clone();
        this.second = second.clone();
    }

    private static void requireSize(String what, byte[] message) {
        if (message.length < 1 || message.length > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "evidence: %s has %d bytes, allowed 1 to %d"
                            .formatted(what, message.length, MAX_MESSAGE_BYTES));
        }
    }

    public byte[] first() {
        return first.clone();
    }

    public byte[] second() {
        return second.clone();
    }

    @Override
    public ChainLink link() {
        return link;
    }

    @Override
    public TransactionType type() {
        return TransactionType.EVIDENCE;
    }

    @Override
    public int fieldCount() {
        return 5;
    }

    @Override
    public void writeFields(CborWriter writer) {
        writer.bytes(first).bytes(second);
    }

    static Evidence read(ChainLink link, CborReader reader) throws MalformedException {
        byte[] first = reader.bytes("first message", MAX_MESSAGE_BYTES);
        return new Evidence(link, first, reader.bytes("second message", MAX_MESSAGE_BYTES));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Evidence that
                && link.equals(that.link)
                && Arrays.equals(first, that.first)
                && Arrays.equals(second, that.second);
    }

    @Override
    public int hashCode() {
        return Hash.sha256(first, second).hashCode();
    }

    @Override
    public String toString() {
        return "Evidence[link=%s, first=%d bytes, second=%d bytes]"
                .formatted(link, first.length, second.length);
    }
}

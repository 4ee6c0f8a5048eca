package energy.cryptometer.ledger.cbor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes one item in the deterministic encoding of RFC 8949, section 4.2.1. There is no way to
/// write another encoding: heads are shortest, lengths definite, and a map key out of order, a
/// missing item, one item too many or a ninth level of nesting is an `IllegalStateException`. Not
/// for sharing between threads.
public final class CborWriter {
    private final Nesting nesting = new Nesting(0);
    private byte[] buffer = new byte[64];
    private int length;
    private boolean started;
    private boolean tagged;

    /// Opens an array; the next `size` items are its elements.
    public CborWriter array(int size) {
        begin(CborType.ARRAY, requireNotNegative(size, "array size"));
        tagged = false;
        nesting.open(false, size);
        return this;
    }

    /// Opens a map; the next `2 * size` items are key, value, key, value and so on. Keys come in
    /// bytewise order of their encodings: 0, 1, ... before -1, -2, ... before byte strings before
    /// text.
    public CborWriter map(int size) {
        begin(CborType.MAP, requireNotNegative(size, "map size"));
        nesting.open(true, 2L * size);
        return this;
    }

    /// Writes an integer of 0 or more.
    public CborWriter unsigned(long value) {
        int start = begin(CborType.UNSIGNED, requireNotNegative(value, "unsigned integer"));
        return end(start);
    }

    /// Writes any integer of 64 bits with sign.
    public CborWriter integer(long value) {
        int start =
                value >= 0
                        ? begin(CborType.UNSIGNED, value)
                        : begin(CborType.NEGATIVE, ~value); // -1 - value without overflow
        return end(start);
    }

    /// Writes a byte string.
    public CborWriter bytes(byte[] value) {
        int start = begin(CborType.BYTES, value.length);
        append(value);
        return end(start);
    }

    /// Writes a text string in UTF-8.
    ///
    /// @throws IllegalArgumentException if the text has an unpaired surrogate, which UTF-8 cannot
    ///   carry
    public CborWriter text(String value) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text has an unpaired surrogate", e);
        }
        int start = begin(CborType.TEXT, utf8.remaining());
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        append(bytes);
        return end(start);
    }

    /// Writes true or false.
    public CborWriter bool(boolean value) {
        return end(begin(CborType.BOOL, value ? 21 : 20));
    }

    /// Writes null.
    public CborWriter nil() {
        return end(begin(CborType.NULL, 22));
    }

    /// Marks the array that follows with tag 18 (COSE_Sign1) or 98 (COSE_Sign).
    public CborWriter tag(long tag) {
        if (!Cbor.isKnownTag(tag)) {
            throw new IllegalArgumentException("tag " + tag + " is neither 18 nor 98");
        }
        begin(CborType.TAG, tag);
        tagged = true;
        return this;
    }

    /// Splices one item that is already encoded.
    ///
    /// @throws IllegalArgumentException if it is not exactly one item in this encoding
    public CborWriter encoded(byte[] item) {
        CborReader reader = new CborReader(item, nesting.depth());
        CborType type;
        try {
            type = reader.peek();
            reader.skip("spliced item");
            reader.end("spliced item");
        } catch (MalformedException e) {
            throw new IllegalArgumentException("cannot splice: " + e.getMessage(), e);
        }
        admit(type);
        int start = length;
        append(item);
        return end(start);
    }

    /// The item.
    ///
    /// @throws IllegalStateException if items are still missing
    public byte[] toByteArray() {
        if (!started || tagged || nesting.depth() > 0) {
            throw new IllegalStateException(
                    "item is not complete: "
                            + nesting.depth()
                            + " open, innermost lacks "
                            + nesting.missing());
        }
        return Arrays.copyOf(buffer, length);
    }

    /// Begins an item and writes its head.
    ///
    /// @return where the item starts
    private int begin(CborType type, long argument) {
        admit(type);
        int start = length;
        head(type.major(), argument);
        return start;
    }

    private void admit(CborType type) {
        if (tagged && type != CborType.ARRAY) {
            throw new IllegalStateException("a tagged item is an array, not " + type);
        }
        if (started && nesting.depth() == 0 && !tagged) {
            throw new IllegalStateException("item is complete, " + type + " is one too many");
        }
        if (nesting.atKey() && type.hasParts()) {
            throw new IllegalStateException(type + " cannot be a map key");
        }
        if (nesting.isFull() && type.hasParts()) {
            throw new IllegalStateException(type + " nested deeper than " + Cbor.MAX_DEPTH);
        }
        started = true;
    }

    private CborWriter end(int start) {
        tagged = false;
        if (!nesting.close(buffer, start, length)) {
            throw new IllegalStateException(
                    "map key at byte " + start + " does not follow the key before it");
        }
        return this;
    }

    private void head(int major, long argument) {
        int type = major << 5;
        if (argument < 24) {
            append(type | (int) argument, 0, 0);
        } else if (argument <= 0xffL) {
            append(type | 24, argument, 1);
        } else if (argument <= 0xffffL) {
            append(type | 25, argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            append(type | 26, argument, 4);
        } else {
            append(type | 27, argument, 8);
        }
    }

    private void append(int initialByte, long argument, int argumentBytes) {
        reserve(1 + argumentBytes);
        buffer[length++] = (byte) initialByte;
        for (int shift = 8 * (argumentBytes - 1); shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (argument >>> shift);
        }
    }

    private void append(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(int extra) {
        int needed = Math.addExact(length, extra);
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
        }
    }

    private static long requireNotNegative(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is negative: " + value);
        }
        return value;
    }
}

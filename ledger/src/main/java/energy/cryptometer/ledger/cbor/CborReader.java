package energy.cryptometer.ledger.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the deterministic encoding of RFC 8949, section 4.2.1, and refuses every other one: heads
/// that could be shorter, indefinite lengths, floats, undefined and other simple values, map keys
/// out of order or twice, invalid UTF-8, more than [Cbor#MAX_DEPTH] levels, tags other than 18 and
/// 98 before an array, integers outside 64 bits with sign. A length is compared with the input that
/// is left before anything is allocated. Each read takes one item; a refused item is not consumed.
/// `what` names the field in the error. Not for sharing between threads.
public final class CborReader {
    private final byte[] data;
    private final Nesting nesting;
    private int position;

    // The head of the item at `position`, as readHead found it.
    private CborType type = CborType.NULL;
    private long argument;
    private int afterHead;

    /// Reads from the first byte of `data`, which is not copied: do not change it while reading.
    public CborReader(byte[] data) {
        this(data, 0);
    }

    /// Reads an item around which `outer` arrays and maps will stand.
    CborReader(byte[] data, int outer) {
        this.data = data;
        this.nesting = new Nesting(outer);
    }

    /// Opens an array and returns the number of its elements, at most `max`; they are read next.
    public int array(String what, int max) throws MalformedException {
        require(what, CborType.ARRAY);
        int size = boundedSize(what, "elements", max, 1);
        open(false, size);
        return size;
    }

    /// Opens an array of exactly this many elements; they are read next.
    public void arrayOf(String what, int exactSize) throws MalformedException {
        require(what, CborType.ARRAY);
        int size = boundedSize(what, "elements", Integer.MAX_VALUE, 1);
        if (size != exactSize) {
            throw refused(what, size + " elements", "exactly " + exactSize);
        }
        open(false, size);
    }

    /// Opens a map and returns the number of its pairs, at most `max`; key, value, key, value and
    /// so on are read next.
    public int map(String what, int max) throws MalformedException {
        require(what, CborType.MAP);
        int size = boundedSize(what, "pairs", max, 2);
        open(true, 2L * size);
        return size;
    }

    /// An integer from 0 to `max`.
    public long unsigned(String what, long max) throws MalformedException {
        require(what, CborType.UNSIGNED);
        if (argument > max) {
            throw refused(what, Long.toString(argument), "at most " + max);
        }
        long value = argument;
        close(what);
        return value;
    }

    /// An integer from `min` to `max`.
    public long integer(String what, long min, long max) throws MalformedException {
        readHead(what);
        if (type != CborType.UNSIGNED && type != CborType.NEGATIVE) {
            throw refused(what, type.toString(), "an integer");
        }
        long value = type == CborType.UNSIGNED ? argument : ~argument; // -1 - argument
        if (value < min || value > max) {
            throw refused(what, Long.toString(value), "from " + min + " to " + max);
        }
        close(what);
        return value;
    }

    /// A byte string of at most `max` bytes.
    public byte[] bytes(String what, int max) throws MalformedException {
        require(what, CborType.BYTES);
        return string(what, boundedSize(what, "bytes", max, 1));
    }

    /// A byte string of exactly this many bytes.
    public byte[] bytesOf(String what, int exact) throws MalformedException {
        require(what, CborType.BYTES);
        int length = boundedSize(what, "bytes", Integer.MAX_VALUE, 1);
        if (length != exact) {
            throw refused(what, length + " bytes", "exactly " + exact);
        }
        return string(what, length);
    }

    /// A text string of at most `maxBytes` bytes in UTF-8.
    public String text(String what, int maxBytes) throws MalformedException {
        require(what, CborType.TEXT);
        int length = boundedSize(what, "bytes of text", maxBytes, 1);
        String value = decoded(what, length);
        afterHead += length;
        close(what);
        return value;
    }

    /// True or false.
    public boolean bool(String what) throws MalformedException {
        require(what, CborType.BOOL);
        boolean value = argument == 21;
        close(what);
        return value;
    }

    /// Consumes a null if one is next.
    public boolean nil() {
        boolean next = position < data.length && data[position] == (byte) 0xf6;
        if (next && nesting.close(data, position, position + 1)) {
            position++;
            return true;
        }
        return false;
    }

    /// A tag, 18 or 98; the array it marks is read next.
    public void tag(String what, long expected) throws MalformedException {
        require(what, CborType.TAG);
        if (argument != expected) {
            throw refused(what, "tag " + argument, "tag " + expected);
        }
        enterTag(what);
    }

    /// The type of the next item; nothing is consumed.
    public CborType peek() throws MalformedException {
        readHead("item");
        return type;
    }

    /// One whole item of any structure, checked throughout, as its bytes.
    public byte[] item(String what, int maxBytes) throws MalformedException {
        int start = position;
        skip(what);
        if (position - start > maxBytes) {
            throw new MalformedException(
                    what, (position - start) + " bytes", "at most " + maxBytes, start);
        }
        return Arrays.copyOfRange(data, start, position);
    }

    /// Whether all input has been read.
    public boolean atEnd() {
        return position == data.length;
    }

    /// Refuses bytes behind the item and items missing in it.
    public void end(String what) throws MalformedException {
        if (!atEnd()) {
            throw refused(what, (data.length - position) + " trailing bytes", "none");
        }
        if (nesting.depth() > 0) {
            throw refused(what, "the end", nesting.missing() + " more items");
        }
    }

    /// Reads one whole item of any structure. Depth is bounded by `Nesting`, so this is a loop.
    void skip(String what) throws MalformedException {
        int depth = nesting.depth();
        do {
            readHead(what);
            if (type == CborType.TAG) {
                enterTag(what);
                readHead(what);
            }
            switch (type) {
                case ARRAY -> open(false, boundedSize(what, "elements", Integer.MAX_VALUE, 1));
                case MAP -> open(true, 2L * boundedSize(what, "pairs", Integer.MAX_VALUE, 2));
                case BYTES -> {
                    afterHead += boundedSize(what, "bytes", Integer.MAX_VALUE, 1);
                    close(what);
                }
                case TEXT -> {
                    int length = boundedSize(what, "bytes of text", Integer.MAX_VALUE, 1);
                    decoded(what, length);
                    afterHead += length;
                    close(what);
                }
                case UNSIGNED, NEGATIVE, BOOL, NULL, TAG -> close(what);
            }
        } while (nesting.depth() > depth);
    }

    private void require(String what, CborType expected) throws MalformedException {
        readHead(what);
        if (type != expected) {
            throw refused(what, type.toString(), expected.toString());
        }
    }

    private void readHead(String what) throws MalformedException {
        if (atEnd()) {
            throw refused(what, "the end of the input", "an item");
        }
        int initial = data[position] & 0xff;
        int info = initial & 0x1f;
        type = typeOf(what, initial >>> 5, info);
        if (nesting.atKey() && type.hasParts()) {
            throw refused(what, type + " as a map key", "an integer or a string");
        }
        if (nesting.isFull() && type.hasParts()) {
            throw refused(what, type + " nested deeper", "at most " + Cbor.MAX_DEPTH + " levels");
        }
        afterHead = position + 1;
        argument = info < 24 ? info : longArgument(what, 1 << (info - 24));
    }

    private CborType typeOf(String what, int major, int info) throws MalformedException {
        if (info >= 28) {
            String found = info == 31 ? "an indefinite length or break" : "reserved head " + info;
            throw refused(what, found, "a definite length");
        }
        return switch (major) {
            case 0 -> CborType.UNSIGNED;
            case 1 -> CborType.NEGATIVE;
            case 2 -> CborType.BYTES;
            case 3 -> CborType.TEXT;
            case 4 -> CborType.ARRAY;
            case 5 -> CborType.MAP;
            case 6 -> CborType.TAG;
            default ->
                    switch (info) {
                        case 20, 21 -> CborType.BOOL;
                        case 22 -> CborType.NULL;
                        case 25, 26, 27 -> throw refused(what, "a float", "no float");
                        default ->
                                throw refused(what, "a simple value", "true, false or null only");
                    };
        };
    }

    private long longArgument(String what, int bytes) throws MalformedException {
        if (bytes > data.length - afterHead) {
            throw refused(what, "the end of the input", "a head of " + (1 + bytes) + " bytes");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (data[afterHead + i] & 0xff);
        }
        long least = bytes == 1 ? 24 : 1L << (4 * bytes);
        if (value < 0) {
            throw refused(what, Long.toUnsignedString(value), "at most " + Long.MAX_VALUE);
        }
        if (value < least) {
            throw refused(what, value + " in " + bytes + " bytes", "the shortest head");
        }
        afterHead += bytes;
        return value;
    }

    /// The argument as a count of things that take `bytesEach` bytes or more in the input that is
    /// left.
    private int boundedSize(String what, String unit, int max, int bytesEach)
            throws MalformedException {
        if (argument > max) {
            throw refused(what, argument + " " + unit, "at most " + max);
        }
        int left = data.length - afterHead;
        if (argument > left / bytesEach) {
            throw refused(what, argument + " " + unit, "no more than the " + left + " bytes left");
        }
        return (int) argument;
    }

    private byte[] string(String what, int length) throws MalformedException {
        int start = afterHead;
        afterHead += length;
        close(what);
        return Arrays.copyOfRange(data, start, start + length);
    }

    private String decoded(String what, int length) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, afterHead, length))
                    .toString();
        } catch (CharacterCodingException e) {
            MalformedException refusal = refused(what, "text that is not UTF-8", "UTF-8");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private void enterTag(String what) throws MalformedException {
        if (!Cbor.isKnownTag(argument)) {
            throw refused(what, "tag " + argument, "tag 18 or 98");
        }
        if (afterHead < data.length && (data[afterHead] & 0xe0) != 0x80) {
            throw refused(what, "tag " + argument + " before no array", "an array");
        }
        position = afterHead;
    }

    private void open(boolean map, long items) {
        position = afterHead;
        nesting.open(map, items);
    }

    private void close(String what) throws MalformedException {
        if (!nesting.close(data, position, afterHead)) {
            throw refused(what, "a map key out of order or twice", "ascending keys");
        }
        position = afterHead;
    }

    private MalformedException refused(String what, String found, String expected) {
        return new MalformedException(what, found, expected, position);
    }
}

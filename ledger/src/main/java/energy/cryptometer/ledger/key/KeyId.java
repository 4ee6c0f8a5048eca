package energy.cryptometer.ledger.key;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Names a public key: the first 8 bytes of its fingerprint. It is a hint for looking a key up,
/// never a proof: the signature decides. Ordered as an unsigned big-endian number.
public final class KeyId implements Comparable<KeyId> {
    /// The length of every key id, in bytes.
    public static final int BYTES = 8;

    private final long bits;

    private KeyId(long bits) {
        this.bits = bits;
    }

    /// Takes exactly 8 bytes; any other length is an `IllegalArgumentException`.
    public static KeyId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a key id has " + BYTES + " bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte octet : bytes) {
            bits = bits << 8 | (octet & 0xff);
        }
        return new KeyId(bits);
    }

    /// A fresh copy of the 8 bytes.
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> (8 * (BYTES - 1 - i)));
        }
        return bytes;
    }

    @Override
    public int compareTo(KeyId other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId id && bits == id.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    /// Sixteen lowercase hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits);
    }
}

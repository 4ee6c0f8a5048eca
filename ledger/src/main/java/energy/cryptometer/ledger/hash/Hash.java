package energy.cryptometer.ledger.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest (FIPS 180-4): exactly 32 bytes, copied in and out, compared by content.
///
/// The order is that of the bytes read as one unsigned big-endian number.
public final class Hash implements Comparable<Hash> {

    /// The length of every hash, in bytes.
    public static final int BYTES = 32;

    /// Thirty-two zero bytes: stands where there is nothing to point at, such as before genesis.
    public static final Hash ZERO = new Hash(new byte[BYTES]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Hash(byte[] owned) {
        this.bytes = owned;
    }

    /// Takes a copy of exactly 32 bytes; any other length is an `IllegalArgumentException`.
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /// Reads 64 hexadecimal digits of either case; anything else is an `IllegalArgumentException`.
    public static Hash ofHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "a hash has " + 2 * BYTES + " hexadecimal digits, not " + hex.length());
        }
        return new Hash(HEX.parseHex(hex));
    }

    /// SHA-256 of the parts one after the other. The parts are not length-prefixed: where a border
    /// between two parts matters, the caller fixes their lengths. No parts: the digest of nothing.
    public static Hash sha256(byte[]... parts) {
        MessageDigest digest = newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /// A fresh copy of the 32 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Sixty-four lowercase hexadecimal digits.
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}

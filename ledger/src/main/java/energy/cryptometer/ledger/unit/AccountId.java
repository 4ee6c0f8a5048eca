package energy.cryptometer.ledger.unit;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.PublicKey;

/// A pseudonym: SHA-256 of a compressed public key. Who is behind it is known to the grid operator,
/// not to the ledger.
public record AccountId(Hash value) implements Comparable<AccountId> {
    public static AccountId of(PublicKey key) {
        return new AccountId(key.fingerprint());
    }

    /// Reads the hexadecimal form.
    ///
    /// @param hex 64 hexadecimal digits
    /// @throws IllegalArgumentException if it is anything else
    public static AccountId ofHex(String hex) {
        return new AccountId(Hash.ofHex(hex));
    }

    public byte[] toBytes() {
        return value.toBytes();
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.hash.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which community a message belongs to: SHA-256 of the genesis payload. It is bound to every
/// signature as `external_aad`, so a message of another community never verifies.
///
/// @param genesis SHA-256 of the genesis payload
public record Community(Hash genesis) {
    /// The `external_aad` of transactions: `cryptometer-transaction-1` and the genesis hash.
    public byte[] transactionAad() {
        return bound("cryptometer-transaction-1");
    }

    /// The `external_aad` of votes: `cryptometer-vote-1` and the genesis hash.
    public byte[] voteAad() {
        return bound("cryptometer-vote-1");
    }

    /// The first eight bytes, which stand in every header.
    public byte[] shortId() {
        return Arrays.copyOf(genesis.toBytes(), 8);
    }

    /// Domain words, then the 32 bytes of the genesis hash.
    public byte[] bound(String domain) {
        byte[] words = domain.getBytes(StandardCharsets.US_ASCII);
        byte[] bound = Arrays.copyOf(words, words.length + 32);
        System.arraycopy(genesis.toBytes(), 0, bound, words.length, 32);
        return bound;
    }

    @Override
    public String toString() {
        return genesis.toString();
    }
}

package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.SoftwareSigner;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Keys that exist while a test runs.
final class Keys {
    private Keys() {}

    static SoftwareSigner random(RandomGenerator random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        secret[0] &= 0x7f; // below the order of the group
        return Es256.signer(secret);
    }

    /// Signers in the order of their key ids.
    static List<SoftwareSigner> ascending(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> random(random))
                .limit(count)
                .sorted(Comparator.comparing(signer -> signer.publicKey().id()))
                .toList();
    }
}

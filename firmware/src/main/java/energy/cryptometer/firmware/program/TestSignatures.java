package energy.cryptometer.firmware.program;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.PublicPoint;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.timing.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Signs digests that mean nothing, one after the other, and times each.
///
/// What is signed begins with a letter; what a transaction signs begins with the head of a CBOR
/// array (RFC 9052, 4.4). So none of these signatures is one of a transaction.
public final class TestSignatures {
    /// Most signatures in one test: ten minutes with a token that needs 600 ms.
    public static final int MOST = 1_000;

    private static final String MESSAGE = "cryptometer key test: this is no transaction, number ";

    private TestSignatures() {}

    /// The digest of test number `number`.
    static byte[] digest(int number) {
        return Hash.sha256((MESSAGE + number).getBytes(StandardCharsets.US_ASCII)).toBytes();
    }

    /// Signs and verifies each signature; only the signing is timed.
    ///
    /// @param count 1 to [#MOST]
    /// @param done is told after each signature how many are done
    /// @throws KeyException DEVICE_ERROR if a signature does not verify, and what the key throws
    public static TokenPace sign(SigningKey key, int count, TimeSource time, IntConsumer done) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "%d signatures are outside 1 to %d".formatted(count, MOST));
        }
        byte[] point = key.publicPoint();
        List<Duration> durations = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            byte[] digest = digest(number);
            long started = time.nanoTime();
            byte[] signature = key.sign(digest);
            durations.add(Duration.ofNanos(Math.max(1, time.nanoTime() - started)));
            if (!PublicPoint.verifies(point, digest, signature)) {
                throw new KeyException(
                        KeyException.Reason.DEVICE_ERROR,
                        "Signature %d of %d does not verify: do not use %s."
                                .formatted(number, count, key.description()));
            }
            done.accept(number);
        }
        return new TokenPace(durations);
    }
}

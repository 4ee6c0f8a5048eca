package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.Pin;
import energy.cryptometer.hal.key.Pkcs12Key;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSignaturesTest {
    @TempDir private Path folder;

    private SigningKey key() {
        return Pkcs12Key.create(
                folder.resolve("key.p12"),
                () -> Pin.of("a test".getBytes(StandardCharsets.UTF_8), "a test"));
    }

    @Test
    void everySignatureIsTimedAloneAndTold() {
        AtomicLong nanos = new AtomicLong();
        TimeSource clock =
                new TimeSource() {
                    @Override
                    public Instant instant() {
                        return Instant.EPOCH;
                    }

                    @Override
                    public long nanoTime() {
                        return nanos.getAndAdd(3_000_000);
                    }
                };
        List<Integer> done = new ArrayList<>();
        try (SigningKey key = key()) {
            TokenPace pace = TestSignatures.sign(key, 5, clock, done::add);
            assertThat(pace.signatures()).hasSize(5).allMatch(time -> time.toMillis() == 3);
        }
        assertThat(done).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void everyDigestIsAnother() {
        Set<String> digests = new HashSet<>();
        for (int i = 1; i <= TestSignatures.MOST; i++) {
            digests.add(HexFormat.of().formatHex(TestSignatures.digest(i)));
        }
        assertThat(digests).hasSize(TestSignatures.MOST);
    }

    @Test
    void aSignatureThatDoesNotVerifyIsRefused() {
        try (SigningKey sound = key()) {
            SigningKey broken =
                    new SigningKey() {
                        @Override
                        public byte[] publicPoint() {
                            return sound.publicPoint();
                        }

                        @Override
                        public byte[] sign(byte[] digest) {
                            return sound.sign(new byte[DIGEST_LENGTH]);
                        }

                        @Override
                        public KeyKind kind() {
                            return KeyKind.TRIAL;
                        }

                        @Override
                        public String description() {
                            return "a broken key";
                        }

                        @Override
                        public void close() {}
                    };
            assertThatThrownBy(() -> TestSignatures.sign(broken, 3, SystemTime.CLOCKS, _ -> {}))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining(
                            "Signature 1 of 3 does not verify: do not use a broken key");
        }
    }

    @Test
    void theNumberOfSignaturesIsBounded() {
        try (SigningKey key = key()) {
            for (int count : new int[] {0, -1, TestSignatures.MOST + 1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(
                                () -> TestSignatures.sign(key, count, SystemTime.CLOCKS, _ -> {}));
            }
        }
    }
}

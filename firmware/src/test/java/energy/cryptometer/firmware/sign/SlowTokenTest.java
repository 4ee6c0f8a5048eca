package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.firmware.WorkbenchMeter;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.hal.key.pkcs11.SlowToken;
import energy.cryptometer.hal.key.pkcs11.SoftHsm;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stage with a real token that is slow, fails or hangs: SoftHSM behind a module that waits. At
/// the field's median a TPM needs 200 ms, at its 95th percentile 600 ms.
@Tag("token")
@Timeout(120)
class SlowTokenTest {
    @TempDir private Path folder;

    /// A meter whose key is in a slow token.
    private record Bench(SlowToken token, KeySigner key, WorkbenchMeter meter, SignStage stage)
            implements AutoCloseable {
        @Override
        public void close() {
            meter.close();
            key.close();
        }

        void everyPulseIsSignedOnceInItsOrder(int pulses) {
            List<SignedTransaction> all =
                    meter.signed(1, meter.journal().cursors().signedSequence());
            assertThat(all).hasSize(pulses);
            assertThat(all.stream().map(each -> ((Generation) each.content()).count()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, pulses).boxed().toList());
            assertThat(meter.journal().counts().signed()).isEqualTo(pulses);
        }
    }

    private Bench bench(Duration eachSignature) throws IOException, InterruptedException {
        SlowToken token = SlowToken.in(folder, eachSignature);
        KeySigner key =
                new KeySigner(Pkcs11Key.generate(token.uri("token=meter;object=k"), SoftHsm.pin()));
        WorkbenchMeter meter = new WorkbenchMeter(folder, key);
        SignStage stage =
                new SignStage(meter.journal(), key, meter.terms(), meter.clock, SystemTime.CLOCKS);
        return new Bench(token, key, meter, stage);
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 600})
    void theQueueGrowsAndDrainsInOrder(long millis) throws IOException, InterruptedException {
        try (Bench bench = bench(Duration.ofMillis(millis))) {
            SignStage stage = bench.stage();
            WorkbenchMeter meter = bench.meter();
            List<Long> queue = new ArrayList<>();
            for (int minute = 0; minute < 2; minute++) {
                meter.count(6);
                queue.add(stage.queue().unsigned());
                assertThat(stage.runOnce()).isZero();
                queue.add(stage.queue().unsigned());
            }
            assertThat(queue.get(1)).as("a round signs a few").isBetween(1L, 5L);
            assertThat(queue.get(2)).as("what waited waits on").isEqualTo(queue.get(1) + 6);
            assertThat(stage.queue().oldest()).isPresent();
            while (stage.runOnce().isZero()) {}
            SigningQueue drained = stage.queue();
            assertThat(drained.unsigned()).isZero();
            assertThat(drained.oldest()).isEmpty();
            assertThat(drained.underWay()).isEmpty();
            assertThat(drained.lastSignature().orElseThrow())
                    .isGreaterThan(Duration.ofMillis(millis));
            assertThat(drained.transactionsPerSecond()).isPositive();
            assertThat(drained.pulsesPerTransaction()).isEqualTo(1);
            bench.everyPulseIsSignedOnceInItsOrder(12);
        }
    }

    @Test
    void countingGoesOnWhileASignatureHangsAndItsAgeIsSeen()
            throws IOException, InterruptedException {
        try (Bench bench = bench(Duration.ZERO)) {
            SignStage stage = bench.stage();
            WorkbenchMeter meter = bench.meter();
            meter.count(3);
            bench.token().hang();
            StageRunner runner =
                    new StageRunner(
                            stage,
                            StageRunner.USUAL,
                            SystemTime.CLOCKS,
                            RandomGenerator.of("SplittableRandom"));
            try (Worker _ =
                    new Worker("sign", runner, Worker.Closing.INTERRUPTS, Duration.ofSeconds(5))
                            .start()) {
                while (stage.queue().underWay().isEmpty()) {
                    Thread.onSpinWait();
                }
                Duration earlier = stage.queue().underWay().orElseThrow();
                meter.count(40);
                SigningQueue hanging = stage.queue();
                assertThat(hanging.unsigned()).as("all that is counted waits").isEqualTo(43);
                assertThat(hanging.underWay().orElseThrow()).isGreaterThan(earlier);
                assertThat(runner.health().failure()).isEmpty();
                bench.token().release();
                while (stage.queue().unsigned() > 0) {
                    Thread.onSpinWait();
                }
            }
            bench.everyPulseIsSignedOnceInItsOrder(43);
        }
    }

    @Test
    void aTokenThatIsRemovedInTheMiddleOfARoundLosesNothing()
            throws IOException, InterruptedException {
        try (Bench bench = bench(Duration.ZERO)) {
            SignStage stage = bench.stage();
            WorkbenchMeter meter = bench.meter();
            for (int pulses = 0; pulses < 40; pulses += 4) {
                meter.count(4);
                bench.token().failOnce();
                assertThat(stage.runOnce()).isZero();
            }
            while (stage.runOnce().isZero()) {}
            bench.everyPulseIsSignedOnceInItsOrder(40);
        }
    }
}

package energy.cryptometer.firmware.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.firmware.WorkbenchMeter;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SignStageTest {
    private static final Signer KEY = new SmallCommunity().meterA;

    @TempDir private Path folder;
    private WorkbenchMeter meter;

    @BeforeEach
    void open() {
        meter = new WorkbenchMeter(folder, KEY);
    }

    @AfterEach
    void close() {
        meter.close();
    }

    /// The key of the meter, behind something that may happen before each signature.
    private record Token(Runnable before) implements Signer {
        @Override
        public PublicKey publicKey() {
            return KEY.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            before.run();
            return KEY.sign(message);
        }
    }

    private long signed() {
        return meter.journal().counts().signed();
    }

    private List<SignedTransaction> all() {
        return meter.signed(1, meter.journal().cursors().signedSequence());
    }

    @Test
    void aSlowTokenSignsInShortRoundsThatReachTheDiskOneByOne() {
        meter.count(20);
        SignStage stage =
                meter.signStage(new Token(() -> meter.clock.advance(Duration.ofMillis(200))));
        List<Long> rounds = new ArrayList<>();
        for (long before = 0; rounds.size() < 4; before = signed()) {
            assertThat(stage.runOnce()).isZero();
            rounds.add(signed() - before);
        }
        assertThat(rounds.getFirst()).isEqualTo(4);
        assertThat(rounds.subList(1, 4)).allMatch(round -> round == 1 || round == 2);
        assertThat(meter.journal().counts().counted()).isEqualTo(20);
    }

    @Test
    void aSlowTokenWithABacklogBundlesWhereItMay() {
        meter.count(4_000);
        SigningSettings usual = meter.terms();
        SigningSettings bundling =
                new SigningSettings(
                        usual.schedule(),
                        usual.plant(),
                        usual.constant(),
                        usual.status(),
                        100,
                        Duration.ZERO);
        SignStage stage = new SignStage(meter.journal(), KEY, bundling, meter.clock, meter.time);
        assertThat(stage.queue().pulsesPerTransaction()).isEqualTo(20);
        assertThat(stage.runOnce()).isZero();
        assertThat(meter.journal().cursors().signedSequence()).isEqualTo(4);
        assertThat(signed()).as("20 pulses in each").isEqualTo(80);
        while (stage.runOnce().isZero()) {}
        assertThat(signed()).isEqualTo(4_000);
        assertThat(stage.queue().pulsesPerTransaction()).isEqualTo(1);
    }

    @Test
    void theQueueTellsWhatWaitsAndSinceWhen() {
        SignStage stage = meter.signStage(KEY);
        assertThat(stage.queue())
                .isEqualTo(
                        new SigningQueue(
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                BigDecimal.ZERO,
                                1));
        meter.count(3);
        meter.clock.advance(Duration.ofSeconds(7));
        assertThat(stage.queue().unsigned()).isEqualTo(3);
        assertThat(stage.queue().oldest()).contains(Duration.ofMillis(7_020));
        assertThat(stage.runOnce()).isZero();
        assertThat(stage.queue().oldest()).isEmpty();
        assertThat(stage.queue().lastSignature()).isPresent();
    }

    @Test
    void aQuickTokenSignsInEverLargerRounds() {
        meter.count(600);
        SignStage stage = meter.signStage(new Token(() -> {}));
        assertThat(stage.runOnce()).isZero();
        assertThat(signed()).isEqualTo(4);
        while (stage.runOnce().isZero()) {}
        assertThat(signed()).isEqualTo(600);
    }

    @Test
    void aTokenThatIsGoneIsTriedAgainAndCountingGoesOn() throws InterruptedException {
        boolean[] pluggedIn = {false};
        Signer token =
                new Token(() -> {
                    if (!pluggedIn[0]) {
                        throw new KeyException(
                                KeyException.Reason.TOKEN_LOST, "Lost token. Plug the token in.");
                    }
                });
        meter.count(3);
        StageRunner runner =
                new StageRunner(
                        meter.signStage(token),
                        StageRunner.USUAL,
                        meter.time,
                        RandomGenerator.of("SplittableRandom"));
        for (int tries = 0; tries < 5; tries++) {
            meter.clock.advance(runner.take());
        }
        assertThat(runner.health().failure()).contains("Lost token. Plug the token in.");
        meter.count(4);
        assertThat(meter.journal().counts().counted()).isEqualTo(7);
        assertThat(signed()).isZero();
        pluggedIn[0] = true;
        while (runner.take().isZero()) {}
        assertThat(signed()).isEqualTo(7);
        assertThat(all()).hasSize(7);
    }

    @Test
    void aFailureInTheMiddleOfARoundLeavesNoHole() {
        meter.count(10);
        int[] left = {3};
        Signer token =
                new Token(() -> {
                    if (left[0]-- == 0) {
                        throw new KeyException(KeyException.Reason.DEVICE_ERROR, "no more");
                    }
                });
        assertThatThrownBy(meter.signStage(token)::runOnce).hasMessage("no more");
        assertThat(signed()).isZero();
        meter.sign();
        assertThat(all()).hasSize(10);
        assertThat(signed()).isEqualTo(10);
    }

    /// The key latches a refused PIN; the stage has only the key, and no way to open it again.
    @Test
    void aRefusedPinIsReportedAndNothingElseIsTried() {
        meter.count(2);
        KeyException refused =
                new KeyException(KeyException.Reason.WRONG_PIN, "Token refused the PIN.");
        SignStage stage =
                meter.signStage(
                        new Token(() -> {
                            throw refused;
                        }));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(stage::runOnce).isSameAs(refused);
        }
        assertThat(meter.journal().counts().counted()).isEqualTo(2);
    }

    @Test
    void aProgramKilledBetweenSignatureAndDiskSignsTheSameWordsAgain() {
        meter.count(4);
        List<byte[]> lost = new ArrayList<>();
        Signer killed =
                new Signer() {
                    @Override
                    public PublicKey publicKey() {
                        return KEY.publicKey();
                    }

                    @Override
                    public byte[] sign(byte[] message) {
                        lost.add(message);
                        if (lost.size() == 4) {
                            throw new IllegalStateException("killed");
                        }
                        return KEY.sign(message);
                    }
                };
        assertThatThrownBy(meter.signStage(killed)::runOnce).hasMessage("killed");
        meter.restart();
        List<byte[]> again = new ArrayList<>();
        Signer token =
                new Signer() {
                    @Override
                    public PublicKey publicKey() {
                        return KEY.publicKey();
                    }

                    @Override
                    public byte[] sign(byte[] message) {
                        again.add(message);
                        return KEY.sign(message);
                    }
                };
        assertThat(meter.signStage(token).runOnce()).isZero();
        assertThat(again).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(again.get(i)).as("its id is the hash of this").isEqualTo(lost.get(i));
        }
        assertThat(signed()).isEqualTo(4);
    }

    @Test
    void aTransferFollowsTheLastPulseOfAStepOnce() {
        meter.countAndSign(3);
        meter.endStep();
        meter.restart();
        meter.sign();
        assertThat(meter.journal().cursors().signedSequence()).isEqualTo(4);
        assertThat(meter.journal().pendingTransfers().ranges()).isEmpty();
    }
}

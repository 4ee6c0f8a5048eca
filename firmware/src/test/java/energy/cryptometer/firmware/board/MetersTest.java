package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyException.Reason;
import energy.cryptometer.timing.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which meters of a board are open, and which are left out for now.
class MetersTest {
    @TempDir private Path folder;

    @Test
    void aTokenThatComesLaterBringsItsMeterAndARefusedPinIsNotTriedAgain() throws IOException {
        try (TrialBoard trial =
                new TrialBoard(folder, "A1", "B2", "C3")
                        .replaying("A1")
                        .replaying("B2")
                        .replaying("C3")) {
            List<String> opened = new ArrayList<>();
            try (Meters meters =
                    new Meters(
                            config -> {
                                String serial = config.meter().orElseThrow().serial();
                                opened.add(serial);
                                if (serial.equals("B2") && opened.size() < 4) {
                                    throw new KeyException(Reason.TOKEN_MISSING, "no token");
                                }
                                if (serial.equals("C3")) {
                                    throw new KeyException(Reason.WRONG_PIN, "wrong PIN");
                                }
                                return trial.open(config);
                            },
                            new VirtualTime(Instant.EPOCH),
                            Duration.ZERO)) {
                meters.open(trial.config().meters());
                assertThat(meters.problems())
                        .containsExactly(
                                "meter B2 is left out and does not count: no token; it is tried"
                                        + " again every minute",
                                "meter C3 is left out and does not count: wrong PIN; correct it,"
                                        + " then restart the program");
                assertThat(meters.areAllOpen()).isFalse();
                List<String> started = new ArrayList<>();
                meters.tryAgain(meter -> started.add(meter.serial()));
                meters.tryAgain(meter -> started.add(meter.serial()));
                assertThat(opened).containsExactly("A1", "B2", "C3", "B2");
                assertThat(started).containsExactly("B2");
                assertThat(meters.open()).extracting(Meter::serial).containsExactly("A1", "B2");
                assertThat(meters.working())
                        .last()
                        .isEqualTo(new LedCode.Working(false, true, true));
            }
        }
    }

    @Test
    void whereNoneCanBeOpenedARefusedPinComesFirst() throws IOException {
        try (TrialBoard trial =
                new TrialBoard(folder, "A1", "B2").replaying("A1").replaying("B2")) {
            Meters meters =
                    new Meters(
                            config -> {
                                boolean first = config.meter().orElseThrow().serial().equals("A1");
                                throw new KeyException(
                                        first ? Reason.TOKEN_MISSING : Reason.WRONG_PIN, "refused");
                            },
                            new VirtualTime(Instant.EPOCH),
                            Duration.ZERO);
            assertThatThrownBy(() -> meters.open(trial.config().meters()))
                    .isInstanceOfSatisfying(
                            KeyException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_PIN));
        }
    }
}

package energy.cryptometer.firmware.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.gpio.GpioInput;
import energy.cryptometer.hal.pi4j.Pi4jException;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.timing.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpioConfigTest {
    private static final String REST =
            """
            [meter]
            genesis = "genesis.cbor"
            journal = "journal.db"
            [key]
            trial_key = "key.p12"
            pin_file = "pin"
            [forward]
            nodes = ["coap://127.0.0.1:5683"]
            [source]
            type = "gpio"
            """;

    @TempDir private Path directory;
    private final Genesis genesis = TrialGenesis.of("4711");

    @BeforeEach
    void found() throws IOException {
        Files.write(directory.resolve("genesis.cbor"), TrialGenesis.signed(genesis));
    }

    private SourceConfig read(String source) throws IOException {
        Path file = Files.writeString(directory.resolve("meter.toml"), REST + source);
        return FirmwareConfig.read(file).source();
    }

    private List<String> refused(String source) throws IOException {
        try {
            read(source);
        } catch (CommandFailure failure) {
            return failure.text().lines().map(line -> line.replaceAll("^.*?: ", "")).toList();
        }
        throw new AssertionError("not refused: " + source);
    }

    @Test
    void allThatIsWrittenIsRead() throws IOException {
        assertThat(
                        read(
                                """
                                chip = "pinctrl-bcm2711"
                                line = "GPIO17"
                                active_low = true
                                bias = "pull-up"
                                min_pulse_ms = 40
                                min_pause_ms = 10
                                """))
                .isEqualTo(
                        new SourceConfig.OfGpio(
                                new GpioConfig(
                                        "pinctrl-bcm2711",
                                        "GPIO17",
                                        true,
                                        GpioInput.Bias.PULL_UP,
                                        new PulseRule(
                                                Duration.ofMillis(40), Duration.ofMillis(10)))));
    }

    @Test
    void chipAndLineAreEnough() throws IOException {
        SourceConfig source = read("chip = \"/dev/gpiochip0\"\nline = 17\n");
        assertThat(source)
                .isEqualTo(
                        new SourceConfig.OfGpio(
                                new GpioConfig(
                                        "/dev/gpiochip0",
                                        "17",
                                        false,
                                        GpioInput.Bias.AS_IS,
                                        PulseRule.USUAL)));
        assertThat(source.device()).hasValue("line 17 of /dev/gpiochip0");
        SourceConfig.Ready ready = source.prepare(genesis.meters().getFirst());
        assertThat(ready.fingerprint()).isEqualTo("gpio /dev/gpiochip0 line 17");
        assertThat(ready.status()).isEqualTo(PulseStatus.CONTACT);
    }

    @Test
    void theSameContactThroughPi4jGoesOnWithTheSameJournal() throws IOException {
        String keys = "chip = \"/dev/gpiochip-none\"\nline = 17\n";
        Path file =
                Files.writeString(
                        directory.resolve("meter.toml"),
                        REST.replace("\"gpio\"", "\"gpio-pi4j\"") + keys);
        SourceConfig source = FirmwareConfig.read(file).source();
        assertThat(source).isInstanceOf(SourceConfig.OfPi4j.class);
        assertThat(source.device()).isEqualTo(read(keys).device());
        SourceConfig.Ready ready = source.prepare(genesis.meters().getFirst());
        assertThat(ready.status()).isEqualTo(PulseStatus.CONTACT);
        assertThat(ready.fingerprint())
                .isEqualTo(read(keys).prepare(genesis.meters().getFirst()).fingerprint());
        SourceConfig.Surroundings around =
                new SourceConfig.Surroundings(
                        SimulatedClock.startingAt(Instant.EPOCH),
                        SystemTime.CLOCKS,
                        Systemd.absent());
        assertThatThrownBy(() -> ready.open(around, SourceState.NEVER_STARTED))
                .isInstanceOf(Pi4jException.class)
                .hasMessageContaining("no input at line 17 of /dev/gpiochip-none through Pi4J");
    }

    @Test
    void theRatedPowerBoundsThePulsesOfAnHour() {
        GpioConfig gpio = new GpioConfig("chip", "1", false, GpioInput.Bias.AS_IS, PulseRule.USUAL);
        // 1000 imp/kWh at 10 kW
        assertThat(gpio.input(genesis.meters().getFirst()).pulsesPerHour()).isEqualTo(10_000);
    }

    @Test
    void whatIsMissingOrOutOfBoundsIsNamed() throws IOException {
        assertThat(refused("line = -1\nbias = \"up\"\nmin_pulse_ms = 0\nmin_pause_ms = 1001\n"))
                .containsExactlyInAnyOrder(
                        "key 'source.chip' is missing",
                        "key 'source.line' is -1, allowed 0 to 2147483647",
                        "key 'source.bias' is 'up', allowed 'as-is', 'disabled', 'pull-up', 'pull-down'",
                        "key 'source.min_pulse_ms' is 0, allowed 1 to 1000",
                        "key 'source.min_pause_ms' is 1001, allowed 1 to 1000");
        assertThat(refused("chip = \"c\"\nline = true\n"))
                .containsExactly("key 'source.line' is true, expected a text in quotes");
    }

    @Test
    void aChipThatIsNotThereSaysWhatToDo() throws IOException {
        SourceConfig.Ready ready =
                read("chip = \"/dev/gpiochip-none\"\nline = 17\n")
                        .prepare(genesis.meters().getFirst());
        SourceConfig.Surroundings around =
                new SourceConfig.Surroundings(
                        SimulatedClock.startingAt(Instant.EPOCH),
                        SystemTime.CLOCKS,
                        Systemd.absent());
        assertThatThrownBy(() -> ready.open(around, SourceState.NEVER_STARTED))
                .isInstanceOf(GpioException.class)
                .hasMessageContaining("/dev/gpiochip-none cannot be opened (ENOENT)")
                .hasMessageContaining("name one of them");
    }
}

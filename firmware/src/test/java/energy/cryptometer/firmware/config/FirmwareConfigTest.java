package energy.cryptometer.firmware.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.firmware.BoardTime;
import energy.cryptometer.firmware.profile.ProfileException;
import energy.cryptometer.firmware.profile.TimeLapse;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.transaction.PulseStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareConfigTest {
    private static final String KEY =
            """
            [key]
            trial_key = "key.p12"
            pin_file = "pin"
            """;
    private static final String METER =
            """
            [meter]
            genesis = "genesis.cbor"
            journal = "journal.db"
            """;

    @TempDir private Path directory;
    private Path file;
    private Genesis genesis;

    @BeforeEach
    void found() throws IOException {
        file = directory.resolve("meter.toml");
        genesis = TrialGenesis.of("4711");
        Files.write(directory.resolve("genesis.cbor"), TrialGenesis.signed(genesis));
    }

    private FirmwareConfig read(String text) throws IOException {
        return FirmwareConfig.read(Files.writeString(file, text));
    }

    private List<String> refused(String text) throws IOException {
        Files.writeString(file, text);
        try {
            FirmwareConfig.read(file);
        } catch (CommandFailure failure) {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
            return failure.text().lines().map(line -> line.replace(file.toString(), "f")).toList();
        }
        throw new AssertionError("not refused: " + text);
    }

    @Test
    void theSerialNumberNamesTheMeterOfTheGenesis() throws IOException {
        String rest =
                KEY
                        + """
                        [source]
                        type = "profile"
                        file = "profile.csv"
                        column = "watts"
                        [forward]
                        nodes = ["coap://127.0.0.1:5683"]
                        """;
        assertThat(read(METER + rest).meter()).isEmpty();
        assertThat(read(METER + "serial = \"4711\"\n" + rest).meter())
                .hasValue(genesis.meters().getFirst());
        assertThat(refused(METER + "serial = \"4712\"\n" + rest))
                .containsExactly(
                        "f:4: key 'meter.serial' is '4712', which none of the community's meters has: they are 4711");
    }

    @Test
    void aProfileConfigurationIsRead() throws IOException {
        FirmwareConfig config =
                read(
                        METER
                                + KEY
                                + """
                                [source]
                                type = "profile"
                                file = "profile.csv"
                                column = "watts"
                                time_lapse = 8640
                                start = 2026-11-22T11:00:00.5+01:00
                                [forward]
                                nodes = ["coap://127.0.0.1:5683", "coap://[::1]:5684"]
                                [sign]
                                max_pulses_per_transaction = 5
                                [keep]
                                proven_days = 0
                                """);
        assertThat(config.genesis()).isEqualTo(genesis);
        assertThat(config.journal()).isEqualTo(directory.resolve("journal.db"));
        assertThat(config.maxPulsesPerTransaction()).isEqualTo(5);
        assertThat(config.keepProven()).isZero();
        assertThat(config.forward().nodes()).hasSize(2);
        assertThat(config.forward().terms().batch()).isEqualTo(200);
        assertThat(config.source())
                .isInstanceOfSatisfying(
                        SourceConfig.OfProfile.class,
                        profile -> {
                            assertThat(profile.lapse())
                                    .isEqualTo(new TimeLapse(new BigDecimal(8640)));
                            assertThat(profile.columns().time()).isEqualTo("timestamp_end");
                            assertThat(profile.start())
                                    .contains(Instant.parse("2026-11-22T10:00:00.500Z"));
                        });
        MeterEntry meter = genesis.meters().getFirst();
        assertThatThrownBy(() -> config.source().prepare(meter))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("profile.csv");
        Files.writeString(
                directory.resolve("profile.csv"),
                "timestamp_end,watts\n2022-10-02T00:10:00Z,6000\n2022-10-02T00:20:00Z,6000\n");
        SourceConfig.Ready ready = config.source().prepare(meter);
        assertThat(ready.status()).isEqualTo(PulseStatus.REPLAYED);
        assertThat(ready.fingerprint()).startsWith("profile ").endsWith(" time_lapse 8640");
        SimulatedClock clock = SimulatedClock.startingAt(Instant.parse("2026-11-22T10:00:00Z"));
        try (PulseSource source =
                ready.open(
                        new SourceConfig.Surroundings(
                                clock, new BoardTime(clock), Systemd.absent()),
                        SourceState.NEVER_STARTED)) {
            assertThat(source.description()).contains("profile.csv");
        }
    }

    @Test
    void aModbusConfigurationTakesWhatTheMeterLeftItsFactoryWith() throws IOException {
        FirmwareConfig config =
                read(
                        METER
                                + KEY
                                + """
                                [source]
                                type = "modbus"
                                model = "eastron-sdm120"
                                port = "/dev/ttyUSB0"
                                direction = "export"
                                poll_seconds = 10
                                parity = "even"
                                gap_ms = 250
                                [forward]
                                nodes = ["coap://127.0.0.1:5683"]
                                """);
        assertThat(config.maxPulsesPerTransaction()).isEqualTo(1);
        assertThat(config.keepProven()).isEqualTo(Duration.ofDays(7));
        SourceConfig.OfModbus source = (SourceConfig.OfModbus) config.source();
        ModbusConfig modbus = source.modbus();
        assertThat(modbus.direction()).isEqualTo(MeterModel.Direction.EXPORT);
        assertThat(modbus.settings().baud()).isEqualTo(modbus.model().serial().baud());
        assertThat(modbus.settings().parity()).isEqualTo(SerialSettings.Parity.EVEN);
        assertThat(modbus.model().pause()).isEqualTo(Duration.ofMillis(250));
        assertThat(modbus.poll()).isEqualTo(Duration.ofSeconds(10));
        SourceConfig.Ready ready = source.prepare(genesis.meters().getFirst());
        assertThat(ready.fingerprint()).isEqualTo("modbus eastron-sdm120 unit 1 export");
        assertThat(ready.status()).isEqualTo(PulseStatus.REGISTER);
        SimulatedClock clock = SimulatedClock.startingAt(Instant.parse("2026-11-22T10:00:00Z"));
        try (PulseSource opened =
                ready.open(
                        new SourceConfig.Surroundings(
                                clock, new BoardTime(clock), Systemd.absent()),
                        SourceState.NEVER_STARTED)) {
            assertThat(opened.health().line()).isEqualTo("meter was not read yet");
        }
    }

    private static final String ALL_WRONG =
            """
            [meter]
            genesis = "absent.cbor"
            jurnal = "journal.db"
            [key]
            trial_key = "key.p12"
            pin_file = "pin"
            [source]
            type = "profile"
            file = "profile.csv"
            column = "timestamp_end"
            time_lapse = 0
            [forward]
            nodes = ["http://a:1"]
            batch = 501
            max_in_flight = 2
            retry_min_ms = 500
            retry_max_ms = 100
            [keep]
            proven_days = 3651
            [sing]
            """;

    @Test
    void everythingThatIsWrongIsToldAtOnceWithLineValueAndRange() throws IOException {
        List<String> beginnings =
                List.of(
                        "f:1: key 'meter.journal' is missing",
                        "f:2: key 'meter.genesis' names " + directory.resolve("absent.cbor"),
                        "f:3: key 'meter.jurnal' is not known here: did you mean 'journal'?",
                        "f:10: key 'source.column' is the time column",
                        "f:11: key 'source.time_lapse' is 0, allowed 0.001 to 1000000",
                        "f:13: key 'forward.nodes' is refused: node address \"http://a:1\"",
                        "f:14: key 'forward.batch' is 501, allowed 1 to 500",
                        "f:15: key 'forward.max_in_flight' is 2, allowed 1 to 1",
                        "f:17: key 'forward.retry_max_ms' makes retry_max_ms 100 less than",
                        "f:19: key 'keep.proven_days' is 3651, allowed 0 to 3650",
                        "f:20: key 'sing' is not known here");
        assertThat(refused(ALL_WRONG))
                .zipSatisfy(beginnings, (line, begin) -> assertThat(line).startsWith(begin));
    }

    @Test
    void anUnknownMeterAndAMissingDirectionAreToldWithWhatIsKnown() throws IOException {
        assertThat(
                        refused(
                                METER
                                        + KEY
                                        + """
                                        [source]
                                        type = "modbus"
                                        model = "eastron"
                                        port = "/dev/ttyUSB0"
                                        unit = 300
                                        baud = 9601
                                        [forward]
                                        nodes = ["coap://127.0.0.1:5683"]
                                        """))
                .satisfiesExactly(
                        line -> assertThat(line).contains("source.direction"),
                        line -> assertThat(line).contains("eastron-sdm120").contains("abb-b23"),
                        line -> assertThat(line).contains("is 300, allowed 1 to 247"),
                        line -> assertThat(line).contains("is 9601, allowed [1200, 2400"));
    }

    private static String crossChecked(String source, String direction) {
        return METER
                + KEY
                + source
                + """
                [reference_register]
                model = "abb-b23"
                port = "/dev/ttyUSB0"
                %s
                [forward]
                nodes = ["coap://127.0.0.1:5683"]
                """
                        .formatted(direction);
    }

    @Test
    void aReferenceRegisterNeedsADirectionAndNoRegisterBesideIt() throws IOException {
        String contact = "[source]\ntype = \"profile\"\nfile = \"p.csv\"\ncolumn = \"w\"\n";
        FirmwareConfig config = read(crossChecked(contact, "direction = \"export\""));
        assertThat(((SourceConfig.OfCrossChecked) config.source()).reference().fingerprint())
                .isEqualTo("modbus abb-b23 unit 1 export");
        assertThat(refused(crossChecked(contact, "")))
                .singleElement()
                .asString()
                .contains("reference_register.direction");
        String register =
                """
                [source]
                type = "modbus"
                model = "abb-b23"
                port = "/dev/ttyUSB0"
                direction = "export"
                """;
        assertThat(refused(crossChecked(register, "direction = \"export\"")))
                .singleElement()
                .asString()
                .contains("leave [reference_register] out");
    }

    @Test
    void everyClassHasItsMaximumPermissibleError() {
        assertThat(MaximumErrors.perMille("2014/32/EU", MidClass.A)).isEqualTo(35);
        assertThat(MaximumErrors.perMille("2014/32/EU", MidClass.B)).isEqualTo(20);
        assertThat(MaximumErrors.perMille("2014/32/EU", MidClass.C)).isEqualTo(10);
    }

    @Test
    void theGenesisBoundsHowManyPulsesOneTransactionHolds() throws IOException {
        assertThat(
                        refused(
                                METER
                                        + KEY
                                        + """
                                        [source]
                                        type = "profile"
                                        file = "profile.csv"
                                        column = "watts"
                                        [forward]
                                        nodes = ["coap://127.0.0.1:5683"]
                                        [sign]
                                        max_pulses_per_transaction = 6
                                        """))
                .containsExactly(
                        "f:14: key 'sign.max_pulses_per_transaction' is 6, the community's genesis"
                                + " allows 1 to 5");
    }

    @Test
    void aNodeThatIsReachedOnlyOverDtlsIsRefused() throws IOException {
        String text =
                METER
                        + KEY
                        + """
                        [source]
                        type = "profile"
                        file = "profile.csv"
                        column = "watts"
                        [forward]
                        nodes = ["coaps://127.0.0.1:5684"]
                        """;
        assertThat(refused(text))
                .singleElement()
                .asString()
                .endsWith(
                        "key 'forward.nodes' is refused: coaps://127.0.0.1:5684 needs CoAP over"
                                + " DTLS, this program speaks plain CoAP only");
    }

    @Test
    void aGenesisThatIsNoneIsRefused() throws IOException {
        Files.write(directory.resolve("genesis.cbor"), new byte[] {1, 2, 3});
        assertThat(refused(METER)).anyMatch(line -> line.startsWith("f:2: key 'meter.genesis'"));
    }
}

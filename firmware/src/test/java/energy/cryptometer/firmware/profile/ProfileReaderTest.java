package energy.cryptometer.firmware.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {
    private static final ProfileColumns COLUMNS =
            new ProfileColumns("watts", ProfileColumns.TIMESTAMP_END);
    private static final PulseConstant THOUSAND = new PulseConstant(1000);

    @TempDir private Path directory;

    private Profile read(String text) throws IOException {
        Path file = directory.resolve("profile.csv");
        Files.writeString(file, text);
        return ProfileReader.read(file, COLUMNS, THOUSAND);
    }

    @Test
    void theFirstIntervalIsAsLongAsTheSecondAndOthersMayDiffer() throws IOException {
        Profile profile =
                read(
                        """
                        timestamp_end,other,watts
                        2022-10-02T00:10:00+04:00,x,6000
                        2022-10-01T20:20:00Z,x,"3000.5"
                        2022-10-02T00:50:00+04:00,,1.2e3
                        """);
        assertThat(profile.rows()).isEqualTo(3);
        assertThat(profile.lengthMillis()).isEqualTo(Duration.ofMinutes(50).toMillis());
        assertThat(profile.totalPulses()).isEqualTo(1000 + 500 + 600); // and 83 mWh left over
    }

    @Test
    void pulsesAreDueWhenTheirEnergyHasFlowedAndNotEarlier() throws IOException {
        Profile profile =
                read(
                        """
                        timestamp_end,watts
                        2022-10-02T00:01:00Z,0
                        2022-10-02T00:02:00Z,60000
                        2022-10-02T00:03:00Z,0
                        2022-10-02T00:04:00Z,7
                        """);
        assertThat(profile.totalPulses()).isEqualTo(1000);
        assertThat(profile.dueMillis(1, TimeLapse.NONE)).isEqualTo(60_060);
        assertThat(profile.dueMillis(1000, TimeLapse.NONE)).isEqualTo(120_000);
        TimeLapse seven = new TimeLapse(new BigDecimal("7"));
        assertThat(profile.dueMillis(1, seven)).isEqualTo(8_580);
        assertThat(profile.dueMillis(2, seven)).isEqualTo(8_589); // 60,120 / 7 = 8,588.57
        assertThatThrownBy(() -> profile.dueMillis(1001, seven)).hasMessageContaining("1 to 1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2022-10-02T00:30:00Z,|column 'watts' is '', expected watts from 0",
                "2022-10-02T00:30:00Z,abc|column 'watts' is 'abc', expected watts",
                "2022-10-02T00:30:00Z,-0.5|column 'watts' is '-0.5', expected watts from 0",
                "2022-10-02T00:30:00Z,NaN|column 'watts' is 'NaN'",
                "2022-10-02T00:30:00Z,1e99|column 'watts' is '1e99'",
                "2022-10-02T00:30:00Z,0.0000001|at most 6 decimals",
                "2022-10-02T00:30:00Z|1 fields, expected 2",
                "2022-10-02T00:30:00Z,1,2|3 fields, expected 2",
                "2022-10-02T00:20:00Z,1|expected a time after 2022-10-02T00:20:00Z",
                "2022-10-02T00:15:00Z,1|expected a time after",
                "2022-10-02T00:30:00,1|column 'timestamp_end' is '2022-10-02T00:30:00'",
                "yesterday,1|expected a time like",
                "\"2022-10-02T00:30:00Z,1|quotation mark is not closed",
            })
    void aMalformedRowIsNamedWithFileLineAndColumn(String row, String problem) {
        assertThatThrownBy(() ->
                        read(
                                "timestamp_end,watts\n2022-10-02T00:10:00Z,5\n"
                                        + "2022-10-02T00:20:00Z,5\n"
                                        + row
                                        + "\n"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("profile.csv:4: ")
                .hasMessageContaining(problem);
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() {
        assertThatThrownBy(() -> read("time,power\n"))
                .hasMessageContaining("profile.csv:1: no column 'timestamp_end'")
                .hasMessageContaining("'time', 'power'");
        assertThatThrownBy(() -> read("timestamp_end,watts,watts\n"))
                .hasMessageContaining("stands twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "timestamp_end,watts\n",
                "timestamp_end,watts\n2022-10-02T00:10:00Z,5\n"
            })
    void lessThanTwoRowsAreNoProfile(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ProfileException.class);
    }

    @Test
    void anEndlessLineIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> read("timestamp_end,watts\n" + "x".repeat(100_000)))
                .hasMessageContaining("profile.csv:2: line is longer than 4096 bytes");
    }

    @Test
    void rowsAreBounded() throws IOException {
        Path file = directory.resolve("profile.csv");
        Instant time = Instant.parse("2000-01-01T00:00:00Z");
        StringBuilder text = new StringBuilder("timestamp_end,watts\n");
        for (int row = 0; row <= 1_000; row++) {
            text.append(time.plusSeconds(row)).append(",1\n");
        }
        Files.writeString(file, text);
        assertThatThrownBy(() -> ProfileReader.read(file, COLUMNS, THOUSAND, 1_000))
                .hasMessageContaining("profile.csv:1002: more than 1000 rows");
        assertThat(ProfileReader.read(file, COLUMNS, THOUSAND, 1_001).rows()).isEqualTo(1_001);
        assertThat(Profile.MAX_ROWS).isEqualTo(1_000_000);
    }

    @Test
    void bytesThatAreNoTextAreNamed() throws IOException {
        Path file = directory.resolve("profile.csv");
        Files.write(file, "timestamp_end,watts\n\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ProfileReader.read(file, COLUMNS, THOUSAND))
                .hasMessageContaining("profile.csv:2: line is not UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path absent = directory.resolve("absent.csv");
        assertThatThrownBy(() -> ProfileReader.read(absent, COLUMNS, THOUSAND))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("absent.csv");
    }

    @Test
    void lineEndsAndMarksOfOtherSystemsAreNoTrouble() throws IOException {
        assertThat(
                        read("\ufefftimestamp_end,watts\r\n2022-10-02T00:10:00Z,6000\r\n"
                                        + "2022-10-02T00:20:00Z,6000")
                                .totalPulses())
                .isEqualTo(2000);
    }

    /// The oracle adds up watts times intervals in decimals and knows nothing of pulses.
    @ParameterizedTest
    @ValueSource(strings = {"inverter1_w", "inverter2_w"})
    void aMeasuredDayGivesTheIntegralOfItsFile(String column) throws IOException {
        Path file =
                Path.of(System.getProperty("data", "../../shared/data"))
                        .resolve("enerpos-2022-10-02-03.csv");
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not here; -Ddata=DIRECTORY");
        List<String> lines = Files.readAllLines(file);
        int power = List.of(lines.getFirst().split(",", -1)).indexOf(column);
        BigDecimal wattSeconds = BigDecimal.ZERO;
        for (String line : lines.subList(1, lines.size())) {
            wattSeconds =
                    wattSeconds.add(
                            new BigDecimal(line.split(",", -1)[power])
                                    .multiply(BigDecimal.valueOf(600)));
        }
        BigInteger wattHours =
                wattSeconds.divide(BigDecimal.valueOf(3600), 0, RoundingMode.FLOOR).toBigInteger();
        Profile profile =
                ProfileReader.read(
                        file, new ProfileColumns(column, ProfileColumns.TIMESTAMP_END), THOUSAND);
        assertThat(profile.totalPulses()).isEqualTo(wattHours.longValueExact());
        assertThat(profile.rows()).isEqualTo(lines.size() - 1);
        assertThat(profile.lengthMillis()).isEqualTo((lines.size() - 1) * 600_000L);
    }
}

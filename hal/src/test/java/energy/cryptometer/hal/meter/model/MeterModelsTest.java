package energy.cryptometer.hal.meter.model;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SerialSettings.Parity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MeterModelsTest {
    private static final String GOOD =
            """
            manufacturer = Nobody
            model = N1
            source = a test
            function = 4
            type = float32
            word-order = high-first
            milliwatt-hours-per-unit = 1000000
            least-step-milliwatt-hours = 1
            import-register = 0x0048
            export-register = 74
            not-available = none
            overflow = 7FFFFFFF
            identification = 3 0xFC02 1 code 0070
            bauds = 9600 2400
            parity = none
            stop-bits = 1
            pause-millis = 100
            timeout-millis = 1000
            """;

    private static List<String> problems(String text) {
        return MeterModelFile.parse("n1", text)
                        instanceof MeterModelFile.Rejected(List<String> problems)
                ? problems
                : List.of();
    }

    @Test
    void theIndexNamesEveryMeterFileInOrder() throws IOException, URISyntaxException {
        Path index =
                Path.of(
                        Objects.requireNonNull(MeterModels.class.getResource("models.txt"))
                                .toURI());
        try (Stream<Path> files = Files.list(Objects.requireNonNull(index.getParent()))) {
            assertThat(MeterModels.names())
                    .isSorted()
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".meter"))
                                    .map(name -> name.replace(".meter", ""))
                                    .toList());
        }
    }

    @Test
    void everyMeterFileIsSound() {
        assertThat(MeterModels.all())
                .extracting(MeterModel::name)
                .containsExactlyElementsOf(MeterModels.names());
    }

    @Test
    void aMeterIsFoundByItsName() {
        MeterModel meter = MeterModels.named("schneider-iem3155").orElseThrow();
        assertThat(meter.register(Direction.IMPORT)).isEqualTo(0x0C83);
        assertThat(meter.register(Direction.EXPORT)).isEqualTo(0x0C87);
        assertThat(meter.function()).isEqualTo(3);
        assertThat(meter.serial()).isEqualTo(new SerialSettings(19_200, Parity.EVEN, 1));
        assertThat(meter.serial()).hasToString("19200 8E1");
        assertThat(MeterModels.named("../models.txt")).isEmpty();
    }

    @Test
    void aSoundFileIsRead() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        String bad =
                GOOD.replace("model = N1\n", "")
                        .replace("parity = none", "parity = none\nparity = even\nflavour = sweet")
                        .replace("source = a test", "just words");
        assertThat(problems(bad))
                .containsExactly(
                        "line 2 is not 'key = value': just words",
                        "line 15: key 'parity' is there twice",
                        problems(bad).get(2),
                        "key 'model' is missing",
                        "key 'source' is missing")
                .element(2)
                .asString()
                .startsWith("line 16: key 'flavour' is unknown, known are [");
    }

    @Test
    void impossibleValuesAreRefusedAllAtOnce() {
        String bad =
                GOOD.replace("function = 4", "function = 16")
                        .replace("float32", "float16")
                        .replace("high-first", "middle-first")
                        .replace("= 1000000", "= 0")
                        .replace("0x0048", "0x10000")
                        .replace("= 74", "= 074")
                        .replace("9600 2400", "9600 9600")
                        .replace("7FFFFFFF", "7fff")
                        .replace("stop-bits = 1", "stop-bits = 3")
                        .replace("timeout-millis = 1000", "timeout-millis = 99999999999");
        assertThat(problems(bad))
                .hasSize(11) // the two registers that could not be read are the same, too
                .allMatch(problem -> problem.contains("must be") || problem.contains("the same"));
    }
}

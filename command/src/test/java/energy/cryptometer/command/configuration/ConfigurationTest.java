package energy.cryptometer.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    enum Rule {
        WEALTH_OVER_UNIFORM,
        PROPORTIONAL_RACE
    }

    @TempDir private Path folder;

    private Configuration configuration(String text) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("c.toml"), text));
    }

    private List<String> problems(Configuration configuration) {
        return configuration.problems().stream()
                .map(line -> line.replace(folder.resolve("c.toml").toString(), "c.toml"))
                .toList();
    }

    @Test
    void everyTypeIsRead() throws IOException {
        Configuration configuration =
                configuration(
                        """
                        [forward]
                        nodes = ["coap://127.0.0.1:5683"]
                        batch = 500
                        lapse = 0.1
                        journal = "../journal.db"
                        fast = true
                        start = 2026-11-22T01:00:00+01:00
                        wait = 20
                        rule = "proportional-race"
                        [[meter]]
                        name = "A"
                        [[meter]]
                        name = "B"
                        """);
        Section section = configuration.section("forward");
        assertThat(section.texts("nodes")).containsExactly("coap://127.0.0.1:5683");
        assertThat(section.integer("batch", 1, 500)).isEqualTo(500);
        assertThat(section.decimal("lapse", BigDecimal.ZERO, BigDecimal.TEN))
                .isEqualTo(new BigDecimal("0.1"));
        assertThat(section.path("journal")).isEqualTo(folder.resolveSibling("journal.db"));
        assertThat(section.bool("fast", false)).isTrue();
        assertThat(section.instant("start")).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(section.durationSeconds("wait", 1, 60, 5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(section.choice("rule", Rule.class)).isEqualTo(Rule.PROPORTIONAL_RACE);
        assertThat(configuration.sections("meter"))
                .map(meter -> meter.text("name"))
                .containsExactly("A", "B");
        configuration.orFail();
    }

    @Test
    void whatIsMissingHasItsPreset() throws IOException {
        Configuration configuration = configuration("[forward]\n");
        Section section = configuration.section("forward");
        assertThat(section.text("a", "x")).isEqualTo("x");
        assertThat(section.integer("b", 1, 9, 5)).isEqualTo(5);
        assertThat(section.path("c", "journal.db")).isEqualTo(folder.resolve("journal.db"));
        assertThat(section.choice("d", Rule.WEALTH_OVER_UNIFORM))
                .isEqualTo(Rule.WEALTH_OVER_UNIFORM);
        assertThat(section.optionalInstant("e")).isEmpty();
        assertThat(section.optionalTexts("f")).isEmpty();
        assertThat(configuration.optionalSection("plant")).isEmpty();
        assertThat(configuration.sections("meter")).isEmpty();
        configuration.orFail();
    }

    @Test
    void allProblemsAreToldAtOnceByLine() throws IOException {
        Configuration configuration =
                configuration(
                        """
                        [forward]
                        batch = 5000
                        nodes = []
                        wait = "long"
                        rule = "luck"
                        jurnal = "x"
                        [sorce]
                        [[meter]]
                        serial = ""
                        """);
        Section section = configuration.section("forward");
        section.integer("batch", 1, 500);
        section.texts("nodes");
        section.durationSeconds("wait", 1, 60);
        section.choice("rule", Rule.class);
        section.path("journal");
        configuration.section("source").text("type");
        Section meter = configuration.sections("meter").getFirst();
        meter.text("serial");
        meter.refuse("serial", "is also wrong in another way");
        assertThat(problems(configuration))
                .containsExactlyInAnyOrder(
                        "c.toml:1: section [source] is missing",
                        "c.toml:1: key 'forward.journal' is missing",
                        "c.toml:2: key 'forward.batch' is 5000, allowed 1 to 500",
                        "c.toml:3: key 'forward.nodes' is an empty list, at least one is needed",
                        "c.toml:4: key 'forward.wait' is 'long', expected a whole number",
                        "c.toml:5: key 'forward.rule' is 'luck', allowed 'wealth-over-uniform', 'proportional-race'",
                        "c.toml:6: key 'forward.jurnal' is not known here: did you mean 'journal'?",
                        "c.toml:7: key 'sorce' is not known here: did you mean 'source'?",
                        "c.toml:9: key 'meter[1].serial' is empty");
        assertThat(problems(configuration))
                .isSortedAccordingTo((a, b) -> Character.compare(a.charAt(7), b.charAt(7)));
        assertThat(section.isSound("batch")).isFalse();
        assertThatThrownBy(configuration::orFail)
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> {
                            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
                            assertThat(failure.text().lines()).hasSize(9);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1979-05-27T07:32:00|expected a time in UTC",
                "1979-05-27|expected a time in UTC",
                "3|is 3, expected a time in UTC",
            })
    void aTimeWithoutUtcIsRefused(String written, String expected) throws IOException {
        Configuration configuration = configuration("[s]\nat = " + written + "\n");
        configuration.section("s").instant("at");
        assertThat(problems(configuration)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"nan", "inf", "-inf", "-0.1", "1.1", "1e300"})
    void aNumberOutsideItsBoundsIsRefused(String written) throws IOException {
        Configuration configuration = configuration("[s]\nx = " + written + "\n");
        configuration.section("s").decimal("x", BigDecimal.ZERO, BigDecimal.ONE);
        assertThat(problems(configuration))
                .singleElement()
                .asString()
                .startsWith("c.toml:2: key 's.x' is ")
                .endsWith(", allowed 0 to 1");
    }

    @Test
    void textsThatWouldSpoilALogAreRefused() throws IOException {
        Configuration configuration =
                configuration(
                        "[s]\na = \"x\\u0000y\"\nb = \"%s\"\nc = \"/a\\u0000b\"\n"
                                .formatted("x".repeat(Section.MAX_TEXT + 1)));
        Section section = configuration.section("s");
        section.text("a");
        section.text("b");
        section.path("c");
        assertThat(problems(configuration))
                .containsExactly(
                        "c.toml:2: key 's.a' is 'x?y', which holds a control character",
                        "c.toml:3: key 's.b' has 2049 characters, at most 2048",
                        "c.toml:4: key 's.c' is '/a?b', which holds a control character");
    }

    @Test
    void aTableOfTheWrongShapeIsRefused() throws IOException {
        Configuration configuration = configuration("forward = 3\n[meter]\n");
        configuration.section("forward").text("x");
        configuration.sections("meter");
        assertThat(problems(configuration))
                .containsExactly(
                        "c.toml:1: key 'forward' is not a table: write [forward]",
                        "c.toml:2: key 'meter' is no list of tables: write [[meter]]");
    }

    @Test
    void everySyntaxErrorIsToldWithItsLine() {
        assertThatThrownBy(() -> configuration("[a]\nx = \ny = 1\ny = 2\n"))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> {
                            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
                            assertThat(failure.text()).contains("c.toml:2: ");
                        });
    }

    @Test
    void whatIsNoConfigurationFileIsRefused() throws IOException {
        assertThatThrownBy(() -> Configuration.read(folder.resolve("none.toml")))
                .hasMessageEndingWith("none.toml does not exist");
        assertThatThrownBy(() -> Configuration.read(folder))
                .hasMessageContaining("cannot read configuration " + folder);
        assertThatThrownBy(() -> configuration("#".repeat(Configuration.MAX_BYTES + 1)))
                .hasMessageContaining("larger than 262144 bytes");
        assertThatThrownBy(() -> configuration("x = " + "[".repeat(100_000)))
                .isInstanceOf(CommandFailure.class);
        Path latin = Files.write(folder.resolve("l.toml"), new byte[] {'#', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> Configuration.read(latin)).hasMessageContaining("not UTF-8");
    }
}

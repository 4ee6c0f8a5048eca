package energy.cryptometer.firmware.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `cryptometer.toml(5)` against the code that reads what it describes: both name the same keys.
class ConfigurationManualTest {
    private static final Path MANUAL = Path.of("..", "packaging", "man", "cryptometer.toml.5");

    /// Where a section is read.
    private static final List<Path> READERS =
            List.of(
                    Path.of("src/main/java/energy/cryptometer/firmware/config"),
                    Path.of("../command/src/main/java/energy/cryptometer/command/key"));

    /// `section.integer("batch", ...`, and a name that stands in a variable before.
    private static final Pattern READ =
            Pattern.compile(
                    "\\.(?:text|textOrNumber|texts|bool|integer|decimal|path|choice|optionalText"
                            + "|optionalPath|optionalInstant|optionalChoice|section|optionalSection)"
                            + "\\(\\s*\"([a-z0-9_]+)\"|String \\w+ = \"([a-z]+_[a-z0-9_]+)\"");

    /// Accepted so that a configuration may say it; no other value is.
    private static final Set<String> NOT_WORTH_A_WORD = Set.of("max_in_flight");

    private static Set<String> keysOfTheCode() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Path folder : READERS) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    READ.matcher(Files.readString(file))
                            .results()
                            .forEach(found ->
                                    keys.add(
                                            found.group(1) == null
                                                    ? found.group(2)
                                                    : found.group(1)));
                }
            }
        }
        keys.removeAll(NOT_WORTH_A_WORD);
        return keys;
    }

    /// Words in bold, `.B` and every other one of `.BR`, and the names of sections.
    private static Set<String> keysOfTheManual() throws IOException {
        String page = Files.readString(MANUAL);
        String body = page.substring(page.indexOf(".SH A METER"), page.indexOf(".SH EXAMPLES"));
        return body.lines()
                .filter(line -> line.matches("\\.(B|BR|SS) .*"))
                .map(line -> line.replaceAll("\"[^\"]*\"", ""))
                .flatMap(line -> Pattern.compile("[a-z][a-z0-9_]*").matcher(line).results())
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyOfTheCodeStandsInTheManual() throws IOException {
        assertThat(keysOfTheCode()).hasSizeGreaterThan(40);
        assertThat(keysOfTheManual()).containsAll(keysOfTheCode());
    }

    @Test
    void everyKeyOfTheManualStandsInTheCode() throws IOException {
        Set<String> said = keysOfTheManual();
        said.removeAll(Set.of("cryptometer", "gpio"));
        assertThat(keysOfTheCode()).containsAll(said);
    }
}

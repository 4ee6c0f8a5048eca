package energy.cryptometer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.TransactionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The specification says what the code does. An example in `docs/spec` is a fenced block that
/// begins with three backticks and `hex NAME`; `-Dspec.update=true` writes what the code produces
/// into those blocks.
class SpecTest {
    private static final Path FOLDER = Path.of("..", "docs", "spec");
    private static final Pattern EXAMPLE =
            Pattern.compile("```hex ([a-zA-Z0-9-]+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleIsWhatTheCodeProduces() throws Exception {
        Map<String, byte[]> produced = SpecExamples.all();
        if (Boolean.getBoolean("spec.update")) {
            update(produced);
        }
        Map<String, String> written = new LinkedHashMap<>();
        for (Path file : files()) {
            Matcher example = EXAMPLE.matcher(Files.readString(file));
            while (example.find()) {
                String hex = example.group(2).replaceAll("\\s", "");
                assertThat(written.put(example.group(1), hex))
                        .as("%s stands twice", example.group(1))
                        .isNull();
            }
        }
        Map<String, String> expected = new LinkedHashMap<>();
        produced.forEach((name, bytes) -> expected.put(name, HexFormat.of().formatHex(bytes)));
        assertThat(written).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyReasonEveryTypeAndEveryEventHasItsRow() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("rules.md")))
                .contains(
                        Arrays.stream(Refusal.Reason.values())
                                .map(reason -> "`" + reason + "`")
                                .toList());
        String transactions = Files.readString(FOLDER.resolve("transactions.md"));
        for (TransactionType type : TransactionType.values()) {
            assertThat(transactions).contains("| %d | `%s` |".formatted(type.code(), type));
        }
        for (MeterEventKind kind : MeterEventKind.values()) {
            assertThat(transactions).contains("| %d | `%s` |".formatted(kind.code(), kind));
        }
        assertThat(Files.readString(FOLDER.resolve("blocks.md")))
                .contains("%d for a precommit".formatted(Vote.Type.PRECOMMIT.code()));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
        for (Path file : files()) {
            Matcher found = link.matcher(Files.readString(file));
            while (found.find()) {
                assertThat(FOLDER.resolve(found.group(1))).as("link in %s", file).exists();
            }
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static void update(Map<String, byte[]> produced) throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            String updated =
                    EXAMPLE.matcher(text)
                            .replaceAll(example -> {
                                byte[] bytes = produced.get(example.group(1));
                                return bytes == null
                                        ? Matcher.quoteReplacement(example.group())
                                        : "```hex "
                                                + example.group(1)
                                                + "\n"
                                                + lines(bytes)
                                                + "```";
                            });
            Files.writeString(file, updated);
        }
    }

    /// Fifty bytes a line.
    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{1,100})", "$1\n");
    }
}

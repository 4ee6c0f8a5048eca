package energy.cryptometer.hal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The LED code is told in three places, to the electrician and to the engineer: the notes, their
/// drawing and the manual say what the program does.
class LedCodeTest {
    private static final Path NOTES = Path.of("..", "hardware-notes", "enclosure-and-seals.md");
    private static final Path DRAWING = Path.of("..", "hardware-notes", "drawings", "led-code.svg");
    private static final Path MANUAL = Path.of("..", "packaging", "man", "cryptometer.toml.5");

    /// Where the drawing begins, and how it is scaled.
    private static final double LEFT = 300;

    private static final double PER_MILLISECOND = 0.14;
    private static final int MILLISECONDS = 4_000;

    /// The pulses that are drawn in the picture of a meter that counts.
    private static final List<Integer> PULSES = List.of(700, 1300, 1900, 2600, 3200, 3800);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "slow blink, 1 s period; counting",
                "two short flashes, every 2 s; not connected",
                "five flashes a second; key fault",
                "on, without a break; not counting",
                "off; no power, or the program does not run",
            })
    void notesAndManualSayTheSame(String look, String meaning) throws IOException {
        assertThat(Files.readAllLines(NOTES))
                .filteredOn(line -> line.startsWith("| " + look))
                .singleElement()
                .asString()
                .matches("\\| [^|]*\\| (\\*\\*)?" + meaning + "\\b.*");
        assertThat(Files.readString(MANUAL).lines().map(line -> line.toLowerCase(Locale.ROOT)))
                .contains(look + ": " + meaning + ".");
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void theDrawingShowsWhatTheLedDoes(Signal signal) throws IOException {
        String name = signal.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Matcher picture =
                Pattern.compile(
                                "<text x=\"20\" y=\"(\\d+)\">%s</text>.*?<path class=\"wire\" d=\"(.*?)\"/>"
                                        .formatted(name),
                                Pattern.DOTALL)
                        .matcher(Files.readString(DRAWING));
        assertThat(picture.find()).as(name).isTrue();
        double lit = Double.parseDouble(picture.group(1)) - 12;
        for (int at = 5; at < MILLISECONDS; at += 10) {
            assertThat(heightAt(picture.group(2), LEFT + at * PER_MILLISECOND) == lit)
                    .as("%s at %d ms", name, at)
                    .isEqualTo(BlinkPattern.isLit(signal, at, sincePulse(at)));
        }
    }

    private static long sincePulse(int at) {
        return PULSES.stream()
                .filter(pulse -> pulse <= at)
                .mapToLong(pulse -> at - pulse)
                .min()
                .orElse(-1);
    }

    /// How high the line runs above a place: it has horizontal and vertical pieces only.
    private static double heightAt(String path, double place) {
        double height = Double.NaN;
        double x = Double.NEGATIVE_INFINITY;
        for (MatchResult piece :
                Pattern.compile("([MHV])([\\d.]+)(?: ([\\d.]+))?")
                        .matcher(path)
                        .results()
                        .toList()) {
            double value = Double.parseDouble(piece.group(2));
            switch (piece.group(1)) {
                case "M" -> {
                    x = value;
                    height = Double.parseDouble(piece.group(3));
                }
                case "H" -> x = value;
                default -> height = value;
            }
            if (x > place) {
                return height;
            }
        }
        return height;
    }
}

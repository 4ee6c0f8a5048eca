package energy.cryptometer.hal.meter.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A register by which a meter says what it is: `words` (1 to 32) read with `function` (3 or 4) at
/// `address`, and what stands there. A code is compared as a whole, a text by how it begins.
public record MeterIdentity(
        int function, int address, int words, Form form, List<String> expected) {
    static final int MOST_WORDS = 32;

    /// How the words are read.
    public enum Form {
        /// A number, written as four hexadecimal digits a word.
        CODE,
        /// ASCII, two characters a word, blanks and zeros at the end are filling.
        TEXT
    }

    public MeterIdentity {
        if (words < 1 || words > MOST_WORDS) {
            throw new IllegalArgumentException(
                    "identification of " + words + " words is outside 1 to " + MOST_WORDS);
        }
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("identification names nothing to expect");
        }
        expected = List.copyOf(expected);
    }

    /// Whether a meter with these words is one of ours.
    public boolean matches(List<Integer> read) {
        if (read.size() != words) {
            return false;
        }
        String shown = shown(read);
        return switch (form) {
            case CODE -> expected.contains(shown);
            case TEXT -> expected.stream().anyMatch(shown::startsWith);
        };
    }

    /// What the words say, for a person: never more than 64 printable characters.
    public String shown(List<Integer> read) {
        byte[] bytes = new byte[2 * read.size()];
        for (int i = 0; i < read.size(); i++) {
            bytes[2 * i] = (byte) (read.get(i) >> 8);
            bytes[2 * i + 1] = (byte) (int) read.get(i);
        }
        return switch (form) {
            case CODE -> HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
            case TEXT ->
                    new String(bytes, StandardCharsets.US_ASCII).replaceAll("[^ -~]", " ").strip();
        };
    }

    /// Reads `FUNCTION ADDRESS WORDS code|text VALUE...`.
    ///
    /// @throws IllegalArgumentException that names what is wrong
    static MeterIdentity parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length < 5
                || !parts[0].matches("[34]")
                || !parts[1].matches("0x[0-9A-F]{4}")
                || !parts[2].matches("[1-9][0-9]?")
                || !parts[3].matches("code|text")) {
            throw new IllegalArgumentException(
                    "must be 'none' or FUNCTION ADDRESS WORDS code|text VALUE..., as in"
                            + " '3 0xFC02 1 code 0070'");
        }
        int words = Integer.parseInt(parts[2]);
        Form form = Form.valueOf(parts[3].toUpperCase(Locale.ROOT));
        List<String> expected = List.of(parts).subList(4, parts.length);
        String shape = form == Form.CODE ? "[0-9A-F]{" + 4 * words + "}" : "[!-~]{2,64}";
        if (!expected.stream().allMatch(value -> value.matches(shape))) {
            throw new IllegalArgumentException(
                    "expects "
                            + expected
                            + (form == Form.CODE
                                    ? ", must be " + 4 * words + " digits 0-9 A-F each"
                                    : ", must be 2 to 64 printable characters each"));
        }
        return new MeterIdentity(
                Integer.parseInt(parts[0]), Integer.decode(parts[1]), words, form, expected);
    }
}

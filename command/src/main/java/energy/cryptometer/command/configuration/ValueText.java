package energy.cryptometer.command.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// How a message writes the values of a configuration.
final class ValueText {
    private static final int LONGEST_QUOTE = 60;

    private ValueText() {}

    /// A value for a message: short, on one line.
    static String quoted(Object value) {
        return switch (value) {
            case String text -> "'" + printable(text) + "'";
            case TomlArray array -> "a list of " + array.size();
            case TomlTable _ -> "a table";
            default -> value.toString();
        };
    }

    static String printable(String text) {
        String cut =
                text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /// How a constant is written in a file: `WEALTH_OVER_UNIFORM` as `wealth-over-uniform`.
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> Optional<E> constant(Class<E> kind, String word) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst();
    }

    static <E extends Enum<E>> String all(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants())
                .map(constant -> "'" + of(constant) + "'")
                .collect(Collectors.joining(", "));
    }
}

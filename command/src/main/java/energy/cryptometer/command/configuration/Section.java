package energy.cryptometer.command.configuration;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// One table of a configuration. Each method asks for one key; a key that is missing, of another
/// type or out of bounds becomes a problem of the configuration and gives a placeholder (the empty
/// text, the lowest number, the first word), never to be used: [Configuration#orFail] comes first.
///
/// Where a rule needs several keys, ask [#isSound] for each and state the problem with [#refuse].
public final class Section {
    /// Longest text of one value, in characters.
    public static final int MAX_TEXT = 2048;

    /// Most elements of one list.
    public static final int MAX_LIST = 1024;

    private final Configuration configuration;
    private final String name;
    private final TomlTable table;
    private final Position position;
    private final boolean present;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(Configuration configuration, String name, TomlTable table, Position position) {
        this(configuration, name, table, position, true);
    }

    private Section(
            Configuration configuration,
            String name,
            TomlTable table,
            Position position,
            boolean present) {
        this.configuration = configuration;
        this.name = name;
        this.table = table;
        this.position = position;
        this.present = present;
    }

    static Section absent(Configuration configuration, String name) {
        return new Section(configuration, name, Toml.parse(""), Position.START, false);
    }

    /// The name in messages: `forward`, or `meter[2]` for the second of a list.
    public String name() {
        return name;
    }

    /// Whether the key is written in the file.
    public boolean has(String key) {
        asked.add(key);
        return table.contains(List.of(key));
    }

    /// A text that must be there: not blank, no control characters, at most 2048 characters.
    public String text(String key) {
        return optionalText(key).orElseGet(() -> missing(key, ""));
    }

    public String text(String key, String preset) {
        return optionalText(key).orElse(preset);
    }

    public Optional<String> optionalText(String key) {
        return value(key, String.class, "a text in quotes").map(text -> checked(key, text));
    }

    private String checked(String key, String text) {
        if (text.isBlank()) {
            refuse(key, "is empty");
        } else if (text.length() > MAX_TEXT) {
            refuse(key, "has %d characters, at most %d".formatted(text.length(), MAX_TEXT));
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            refuse(key, "is %s, which holds a control character".formatted(ValueText.quoted(text)));
        }
        return text;
    }

    /// A text, or a whole number from 0 as text, that must be there: `"GPIO17"` or `17`.
    public String textOrNumber(String key) {
        return has(key) && table.get(List.of(key)) instanceof Long
                ? Long.toString(integer(key, 0, Integer.MAX_VALUE))
                : text(key);
    }

    /// A whole number that must be there, min to max, both included.
    public long integer(String key, long min, long max) {
        return optionalInteger(key, min, max).orElseGet(() -> missing(key, min));
    }

    public long integer(String key, long min, long max, long preset) {
        return optionalInteger(key, min, max).orElse(preset);
    }

    private Optional<Long> optionalInteger(String key, long min, long max) {
        return value(key, Long.class, "a whole number")
                .map(number -> {
                    if (number >= min && number <= max) {
                        return number;
                    }
                    refuse(key, "is %d, allowed %d to %d".formatted(number, min, max));
                    return min;
                });
    }

    /// A number that must be there, min to max, both included; decimal fractions are kept as
    /// written up to 15 digits.
    public BigDecimal decimal(String key, BigDecimal min, BigDecimal max) {
        return optionalDecimal(key, min, max).orElseGet(() -> missing(key, min));
    }

    public BigDecimal decimal(String key, BigDecimal min, BigDecimal max, BigDecimal preset) {
        return optionalDecimal(key, min, max).orElse(preset);
    }

    private Optional<BigDecimal> optionalDecimal(String key, BigDecimal min, BigDecimal max) {
        return value(key, Number.class, "a number")
                .map(number -> {
                    String written = number.toString();
                    if (number instanceof Double floating && !Double.isFinite(floating)) {
                        refuse(
                                key,
                                "is %s, allowed %s to %s"
                                        .formatted(written, plain(min), plain(max)));
                        return min;
                    }
                    var decimal = new BigDecimal(written);
                    if (decimal.compareTo(min) >= 0 && decimal.compareTo(max) <= 0) {
                        return decimal;
                    }
                    refuse(
                            key,
                            "is %s, allowed %s to %s"
                                    .formatted(plain(decimal), plain(min), plain(max)));
                    return min;
                });
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > 30 ? number.toString() : number.toPlainString();
    }

    /// A path that must be there, taken from the folder of the configuration file.
    public Path path(String key) {
        return optionalPath(key).orElseGet(() -> missing(key, Path.of("")));
    }

    public Path path(String key, String preset) {
        return optionalPath(key).orElseGet(() -> beside(Path.of(preset)));
    }

    public Optional<Path> optionalPath(String key) {
        return optionalText(key)
                .map(text -> {
                    try {
                        return beside(Path.of(text));
                    } catch (InvalidPathException problem) {
                        refuse(
                                key,
                                "is %s, no path: %s"
                                        .formatted(ValueText.quoted(text), problem.getReason()));
                        return Path.of("");
                    }
                });
    }

    private Path beside(Path path) {
        return configuration.file().toAbsolutePath().resolveSibling(path).normalize();
    }

    public boolean bool(String key, boolean preset) {
        return value(key, Boolean.class, "true or false").orElse(preset);
    }

    /// A list of at least one text that must be there.
    public List<String> texts(String key) {
        List<String> texts = optionalTexts(key);
        if (texts.isEmpty() && isSound(key)) {
            if (has(key)) {
                refuse(key, "is an empty list, at least one is needed");
            } else {
                missing(key, "");
            }
        }
        return texts;
    }

    /// A list of texts, empty where the key is missing.
    public List<String> optionalTexts(String key) {
        Optional<TomlArray> found = value(key, TomlArray.class, "a list of texts");
        if (found.isEmpty()) {
            return List.of();
        }
        TomlArray array = found.get();
        if (array.size() > MAX_LIST) {
            refuse(key, "has %d elements, at most %d".formatted(array.size(), MAX_LIST));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(checked(key, text));
            } else {
                refuse(key, "holds %s, expected texts".formatted(ValueText.quoted(array.get(i))));
            }
        }
        return List.copyOf(texts);
    }

    /// A time with its distance to UTC that must be there: `2026-11-22T00:00:00Z`.
    public Instant instant(String key) {
        return optionalInstant(key).orElseGet(() -> missing(key, Instant.EPOCH));
    }

    public Optional<Instant> optionalInstant(String key) {
        return value(key, OffsetDateTime.class, "a time in UTC such as 2026-11-22T00:00:00Z")
                .map(OffsetDateTime::toInstant);
    }

    /// A duration in whole seconds that must be there, min to max, both included.
    public Duration durationSeconds(String key, long min, long max) {
        return Duration.ofSeconds(integer(key, min, max));
    }

    public Duration durationSeconds(String key, long min, long max, long preset) {
        return Duration.ofSeconds(integer(key, min, max, preset));
    }

    /// One of a few words that must be there: the constants, in lower case with `-` for `_`.
    public <E extends Enum<E>> E choice(String key, Class<E> kind) {
        return optionalChoice(key, kind).orElseGet(() -> missing(key, kind.getEnumConstants()[0]));
    }

    public <E extends Enum<E>> E choice(String key, E preset) {
        return optionalChoice(key, preset.getDeclaringClass()).orElse(preset);
    }

    public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> kind) {
        return optionalText(key)
                .map(word ->
                        ValueText.constant(kind, word)
                                .orElseGet(() -> {
                                    refuse(
                                            key,
                                            "is %s, allowed %s"
                                                    .formatted(
                                                            ValueText.quoted(word),
                                                            ValueText.all(kind)));
                                    return kind.getEnumConstants()[0];
                                }));
    }

    /// Whether nothing has been found wrong with the key so far.
    public boolean isSound(String key) {
        return present && configuration.found().isSound(qualified(key));
    }

    /// States a problem: `key 'forward.batch'` and these words, on the key's line. Only the first
    /// problem of a key is kept.
    public void refuse(String key, String what) {
        if (present) {
            configuration.found().add(positionOf(key), qualified(key), what);
        }
    }

    void reportUnknown() {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                refuse(key, "is not known here" + Configuration.meant(key, asked));
            }
        }
    }

    private <T> Optional<T> value(String key, Class<T> type, String expected) {
        if (!has(key)) {
            return Optional.empty();
        }
        Object value = Objects.requireNonNull(table.get(List.of(key)));
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        refuse(key, "is %s, expected %s".formatted(ValueText.quoted(value), expected));
        return Optional.empty();
    }

    private <T> T missing(String key, T placeholder) {
        refuse(key, "is missing");
        return placeholder;
    }

    private String qualified(String key) {
        return name + "." + key;
    }

    private Position positionOf(String key) {
        return has(key) ? Position.of(table.inputPositionOf(List.of(key))) : position;
    }
}

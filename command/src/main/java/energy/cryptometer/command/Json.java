package energy.cryptometer.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One JSON object, for `--json`: keys in the order they were put, written on one line by
/// [#toString]. Reading is by type, and names the key that is missing or another thing. Not safe
/// for threads.
public final class Json {
    /// Longest text [#readObject] takes, in characters.
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final JSON FORMAT =
            JSON.builder(
                            JsonFactory.builder()
                                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(JSON.Feature.WRITE_NULL_PROPERTIES)
                    .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final Map<String, @Nullable Object> values;

    private Json(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /// An object without keys.
    public static Json object() {
        return new Json(new LinkedHashMap<>());
    }

    public Json put(String key, String value) {
        return keep(key, value);
    }

    public Json put(String key, long value) {
        return keep(key, value);
    }

    public Json put(String key, boolean value) {
        return keep(key, value);
    }

    /// A decimal fraction, written without exponent.
    public Json put(String key, BigDecimal value) {
        return keep(key, value);
    }

    /// A number, or `null` where there is none.
    public Json put(String key, OptionalLong value) {
        return keep(key, value.isPresent() ? (Long) value.getAsLong() : null);
    }

    public Json put(String key, Json value) {
        return keep(key, value.values);
    }

    /// A list of texts, whole numbers, decimals, truth values or objects.
    public Json put(String key, List<?> list) {
        return keep(key, list.stream().map(value -> plain(key, value)).toList());
    }

    private Json keep(String key, @Nullable Object value) {
        values.put(key, value);
        return this;
    }

    private static Object plain(String key, Object value) {
        return switch (value) {
            case Json json -> json.values;
            case String _, Long _, Integer _, BigDecimal _, Boolean _ -> value;
            default ->
                    throw new IllegalArgumentException(
                            "'%s' holds a %s, which is not written as JSON"
                                    .formatted(key, value.getClass().getSimpleName()));
        };
    }

    /// Reads exactly one object. Duplicate keys, deep nesting and trailing text are refused.
    ///
    /// @param origin where the text is from, for the message
    /// @throws CommandFailure DATA if it is not one JSON object
    public static Json readObject(String text, String origin) {
        if (text.length() > MAX_LENGTH) {
            throw refused(
                    origin, "%d characters, at most %d".formatted(text.length(), MAX_LENGTH), null);
        }
        try (JsonParser parser = FORMAT.createParser(text)) {
            @Nullable Map<String, Object> values = FORMAT.mapFrom(parser);
            if (values == null) {
                throw refused(origin, "null", null);
            }
            var json = new Json(new LinkedHashMap<>(values));
            if (parser.nextToken() != null) {
                throw refused(origin, "text after its end", null);
            }
            return json;
        } catch (IOException malformed) {
            String message = String.valueOf(malformed.getMessage());
            throw refused(origin, message.lines().findFirst().orElse(message), malformed);
        }
    }

    private static CommandFailure refused(String origin, String why, @Nullable Exception cause) {
        return new CommandFailure(
                ExitCode.DATA, "%s is not a JSON object: %s".formatted(origin, why), cause);
    }

    public Set<String> keys() {
        return Set.copyOf(values.keySet());
    }

    /// A text. This and the following throw a [CommandFailure] of [ExitCode#DATA] if the key is
    /// missing or another thing.
    public String text(String key) {
        return get(key, String.class, "a text");
    }

    /// The text, or nothing if the key is missing or null.
    public Optional<String> optionalText(String key) {
        return values.get(key) == null ? Optional.empty() : Optional.of(text(key));
    }

    /// A whole number that fits 64 bits.
    public long integer(String key) {
        return switch (get(key, Number.class, "a whole number")) {
            case Integer value -> value;
            case Long value -> value;
            case BigInteger _, BigDecimal _ -> throw mismatch(key, "a whole number of 64 bits");
            case Number _ -> throw mismatch(key, "a whole number");
        };
    }

    /// The number, or nothing if the key is missing or null.
    public OptionalLong optionalInteger(String key) {
        return values.get(key) == null ? OptionalLong.empty() : OptionalLong.of(integer(key));
    }

    public BigDecimal decimal(String key) {
        return new BigDecimal(get(key, Number.class, "a number").toString());
    }

    public boolean bool(String key) {
        return get(key, Boolean.class, "true or false");
    }

    public Json object(String key) {
        return asObject(key, get(key, Map.class, "an object"));
    }

    /// A list of objects.
    public List<Json> objects(String key) {
        List<Json> objects = new ArrayList<>();
        for (Object element : get(key, List.class, "a list")) {
            if (!(element instanceof Map<?, ?> map)) {
                throw mismatch(key, "a list of objects");
            }
            objects.add(asObject(key, map));
        }
        return objects;
    }

    private Json asObject(String key, Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw mismatch(key, "an object");
            }
            copy.put(text, value);
        });
        return new Json(copy);
    }

    private <T> T get(String key, Class<T> type, String expected) {
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw mismatch(key, expected);
        }
        return type.cast(value);
    }

    private CommandFailure mismatch(String key, String expected) {
        Object value = values.get(key);
        String found = value == null ? "missing" : value.getClass().getSimpleName();
        return new CommandFailure(
                ExitCode.DATA, "JSON key '%s' is %s, expected %s".formatted(key, found, expected));
    }

    /// The object on one line.
    @Override
    public String toString() {
        try {
            return FORMAT.asString(values);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

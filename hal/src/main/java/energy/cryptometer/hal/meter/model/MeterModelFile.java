package energy.cryptometer.hal.meter.model;

import energy.cryptometer.hal.modbus.SerialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads a meter file: one `key = value` a line, `#` starts a comment line, every key exactly once.
/// Unknown, doubled and missing keys and impossible values are refused, all at once.
final class MeterModelFile {
    private static final int LARGEST_ADDRESS = 0xFFFF;
    private static final int LARGEST_MILLIS = 10_000;
    private static final int HEX_DIGITS_PER_WORD = 4;
    private static final List<String> KEYS =
            List.of(
                    "manufacturer",
                    "model",
                    "source",
                    "function",
                    "type",
                    "word-order",
                    "milliwatt-hours-per-unit",
                    "least-step-milliwatt-hours",
                    "import-register",
                    "export-register",
                    "not-available",
                    "overflow",
                    "identification",
                    "bauds",
                    "parity",
                    "stop-bits",
                    "pause-millis",
                    "timeout-millis");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// What became of a file.
    sealed interface Result {}

    /// The meter it describes.
    record Parsed(MeterModel model) implements Result {}

    /// Everything that is wrong with it, never empty.
    record Rejected(List<String> problems) implements Result {}

    private MeterModelFile() {}

    /// Reads the file of the meter called `name`.
    static Result parse(String name, String text) {
        MeterModelFile file = new MeterModelFile();
        file.readLines(text);
        return file.problems.isEmpty()
                ? file.build(name)
                : new Rejected(List.copyOf(file.problems));
    }

    private void readLines(String text) {
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(number, line);
            }
        }
        KEYS.stream()
                .filter(key -> !values.containsKey(key))
                .forEach(key -> problems.add("key '" + key + "' is missing"));
    }

    private void readLine(int number, String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            problems.add("line " + number + " is not 'key = value': " + line);
            return;
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (!KEYS.contains(key)) {
            problems.add("line " + number + ": key '" + key + "' is unknown, known are " + KEYS);
        } else if (value.isEmpty()) {
            problems.add("line " + number + ": key '" + key + "' has no value");
        } else if (values.putIfAbsent(key, value) != null) {
            problems.add("line " + number + ": key '" + key + "' is there twice");
        }
    }

    private Result build(String name) {
        int function = integer("function", 3, 4);
        DataType type = choice("type", DataType.values(), DataType::label);
        WordOrder order = choice("word-order", WordOrder.values(), WordOrder::label);
        int scale = integer("milliwatt-hours-per-unit", 1, (int) RegisterFormat.LARGEST_SCALE);
        int leastStep = leastStep(type, scale);
        OptionalLong notAvailable = pattern("not-available", type);
        OptionalLong overflow = pattern("overflow", type);
        int importRegister = integer("import-register", 0, LARGEST_ADDRESS);
        int exportRegister = integer("export-register", 0, LARGEST_ADDRESS);
        if (importRegister == exportRegister) {
            problems.add("import-register and export-register are the same: " + importRegister);
        }
        Optional<MeterIdentity> identity = identity();
        List<Integer> bauds = bauds();
        SerialSettings.Parity parity = parity();
        int stopBits = integer("stop-bits", 1, 2);
        int pause = integer("pause-millis", 0, LARGEST_MILLIS);
        int timeout = integer("timeout-millis", 1, LARGEST_MILLIS);
        if (!problems.isEmpty()) {
            return new Rejected(List.copyOf(problems));
        }
        return new Parsed(
                new MeterModel(
                        name,
                        text("manufacturer"),
                        text("model"),
                        text("source"),
                        function,
                        new RegisterFormat(type, order, scale, leastStep, notAvailable, overflow),
                        importRegister,
                        exportRegister,
                        identity,
                        new SerialSettings(bauds.getFirst(), parity, stopBits),
                        bauds,
                        Duration.ofMillis(pause),
                        Duration.ofMillis(timeout)));
    }

    private String text(String key) {
        return values.getOrDefault(key, "");
    }

    /// The choice named by the file; the first one after a problem was noted, which is then never
    /// used.
    private <T> T choice(String key, T[] choices, Function<T, String> label) {
        for (T choice : choices) {
            if (label.apply(choice).equals(text(key))) {
                return choice;
            }
        }
        String known = Arrays.stream(choices).map(label).collect(Collectors.joining(", "));
        problems.add("'" + key + "' is '" + text(key) + "', must be one of " + known);
        return choices[0];
    }

    private int integer(String key, int least, int most) {
        OptionalInt number = number(text(key));
        if (number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most) {
            return number.getAsInt();
        }
        problems.add(
                "'" + key + "' is '" + text(key) + "', must be a number " + least + " to " + most);
        return least;
    }

    private static OptionalInt number(String text) {
        boolean hexadecimal = text.matches("0x[0-9A-Fa-f]{1,7}");
        if (!hexadecimal && !text.matches("0|[1-9][0-9]{0,9}")) {
            return OptionalInt.empty();
        }
        long value = Long.decode(text);
        return value <= Integer.MAX_VALUE ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private OptionalLong pattern(String key, DataType type) {
        String text = text(key);
        if (text.equals("none")) {
            return OptionalLong.empty();
        }
        int digits = type.words() * HEX_DIGITS_PER_WORD;
        if (!text.matches("[0-9A-F]{" + digits + "}")) {
            problems.add(
                    "'"
                            + key
                            + "' is '"
                            + text
                            + "', must be 'none' or "
                            + digits
                            + " digits 0-9 A-F");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseUnsignedLong(text, 16));
    }

    private int leastStep(DataType type, int scale) {
        String key = "least-step-milliwatt-hours";
        int step = integer(key, 1, (int) RegisterFormat.LARGEST_SCALE);
        if (type != DataType.FLOAT32 && step < scale) {
            problems.add("'" + key + "' is " + step + ", must be milliwatt-hours-per-unit or more");
        }
        return step;
    }

    private SerialSettings.Parity parity() {
        return choice(
                "parity", SerialSettings.Parity.values(), p -> p.name().toLowerCase(Locale.ROOT));
    }

    private Optional<MeterIdentity> identity() {
        String text = text("identification");
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MeterIdentity.parse(text));
        } catch (IllegalArgumentException refusal) {
            problems.add("'identification' is '" + text + "': " + refusal.getMessage());
            return Optional.empty();
        }
    }

    private List<Integer> bauds() {
        List<Integer> bauds =
                Arrays.stream(text("bauds").split(" ", -1))
                        .flatMapToInt(word -> number(word).stream())
                        .boxed()
                        .toList();
        boolean good =
                bauds.size() == text("bauds").split(" ", -1).length
                        && SerialSettings.BAUDS.containsAll(bauds)
                        && IntStream.range(0, bauds.size())
                                .allMatch(i -> bauds.indexOf(bauds.get(i)) == i);
        if (!good) {
            problems.add(
                    "'bauds' is '"
                            + text("bauds")
                            + "', must be different numbers out of "
                            + SerialSettings.BAUDS);
            return List.of(9600);
        }
        return bauds;
    }
}

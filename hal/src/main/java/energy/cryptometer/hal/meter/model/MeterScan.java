package energy.cryptometer.hal.meter.model;

import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.model.RegisterDecoder.Decoded;
import energy.cryptometer.hal.modbus.ExceptionCode;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.ReadRequest;
import energy.cryptometer.hal.modbus.ReadResponse;
import energy.cryptometer.hal.modbus.SerialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Finds meters on a line and what they are. Modbus has no way to ask who is there: each unit is
/// asked for two registers, and who answers anything, a refusal included, is there. Only reads.
public final class MeterScan {
    /// No meter behind one connection shows more: 1 GWh.
    private static final long LARGEST_PLAUSIBLE = 1_000_000_000_000L;

    /// A frame that noise damaged is asked for once more.
    private static final int ATTEMPTS = 2;

    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);

    /// What a gateway says of a unit that it cannot reach.
    private static final Set<ExceptionCode> NOBODY_THERE =
            EnumSet.of(
                    ExceptionCode.GATEWAY_PATH_UNAVAILABLE,
                    ExceptionCode.GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND);

    private final ModbusClient port;
    private final List<MeterModel> models;
    private final Duration timeout;
    private final Map<Integer, String> garbled = new LinkedHashMap<>();

    /// How a model is known.
    public enum Certainty {
        /// The meter's own identification register.
        SAYS_SO,
        /// Its registers have plausible totals where those models have theirs.
        LOOKS_LIKE,
        /// None of the known models.
        UNKNOWN
    }

    /// A model, and its two totals as they are now, in milliwatt-hours; empty where the meter says
    /// that it has no such total.
    public record Candidate(MeterModel model, OptionalLong imported, OptionalLong exported) {}

    /// A unit that answers.
    ///
    /// @param says what its identification registers say where no model is named by them
    /// @param functions of 3 (holding registers) and 4 (input registers), what it answers
    public record Found(
            int unitId,
            Certainty certainty,
            List<Candidate> candidates,
            List<String> says,
            List<Integer> functions) {
        public Found {
            candidates = List.copyOf(candidates);
            says = List.copyOf(says);
            functions = List.copyOf(functions);
        }
    }

    /// The line cannot be used at all; the message is one line.
    public static final class PortLostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PortLostException(String reason) {
            super(reason);
        }
    }

    /// Looks for `models` on `port`; a unit that says nothing within `timeout` is not there.
    public MeterScan(ModbusClient port, List<MeterModel> models, Duration timeout) {
        this.port = port;
        this.models = List.copyOf(models);
        this.timeout = timeout;
    }

    /// What is at that unit id (1 to 247), if anything.
    ///
    /// @throws PortLostException if the port cannot be used
    public Optional<Found> look(int unitId) throws InterruptedException {
        Unit unit = new Unit(unitId);
        ReadResponse first = unit.read(3, 0, 2);
        if (first instanceof ReadResponse.BadFrame(_, String reason)) {
            garbled.put(unitId, reason);
        }
        if (!present(first)) {
            return Optional.empty();
        }
        List<Candidate> certain = new ArrayList<>();
        for (MeterModel model : models) {
            if (unit.saysItIs(model)) {
                certain.add(unit.totals(model));
            }
        }
        if (!certain.isEmpty()) {
            return Optional.of(unit.found(Certainty.SAYS_SO, certain, List.of()));
        }
        List<Candidate> likely = new ArrayList<>();
        for (MeterModel model : models) {
            if (model.identity().isEmpty() && unit.looksLike(model)) {
                likely.add(unit.totals(model));
            }
        }
        Certainty certainty = likely.isEmpty() ? Certainty.UNKNOWN : Certainty.LOOKS_LIKE;
        return Optional.of(unit.found(certainty, likely, unit.sayings()));
    }

    /// Unit ids that were asked and at which something answered that cannot be read, twice, and
    /// what it was: two meters of one id speak at once, the parity is another, or the line is
    /// noisy.
    public Map<Integer, String> garbled() {
        return Collections.unmodifiableMap(garbled);
    }

    private static boolean present(ReadResponse answer) {
        return switch (answer) {
            case ReadResponse.Words _ -> true;
            case ReadResponse.ExceptionResponse declined -> !NOBODY_THERE.contains(declined.code());
            case ReadResponse.BadFrame _, ReadResponse.Timeout _ -> false;
            case ReadResponse.PortFault(String reason) -> throw new PortLostException(reason);
        };
    }

    /// One unit and what it has answered; nothing is asked twice.
    private final class Unit {
        private final int unitId;
        private final Map<ReadRequest, ReadResponse> known = new HashMap<>();
        private boolean answered;

        Unit(int unitId) {
            this.unitId = unitId;
        }

        ReadResponse read(int function, int address, int words) throws InterruptedException {
            ReadRequest request =
                    new ReadRequest(unitId, function, address, words, BETWEEN_REQUESTS, timeout);
            ReadResponse answer = known.get(request);
            for (int i = 0; answer == null || (again(answer) && i < ATTEMPTS); i++) {
                answer = port.read(request);
                known.put(request, answer);
            }
            answered |= present(answer);
            return answer;
        }

        /// A unit that has answered before is there: one lost answer must not make another meter of
        /// it.
        private boolean again(ReadResponse answer) {
            return answer instanceof ReadResponse.BadFrame
                    || (answered && answer instanceof ReadResponse.Timeout);
        }

        private Optional<List<Integer>> identification(MeterIdentity identity)
                throws InterruptedException {
            return read(identity.function(), identity.address(), identity.words())
                            instanceof ReadResponse.Words(List<Integer> words)
                    ? Optional.of(words)
                    : Optional.empty();
        }

        boolean saysItIs(MeterModel model) throws InterruptedException {
            if (model.identity().isEmpty()) {
                return false;
            }
            MeterIdentity identity = model.identity().get();
            return identification(identity).filter(identity::matches).isPresent();
        }

        /// What identification registers say that name none of the models.
        List<String> sayings() throws InterruptedException {
            List<String> sayings = new ArrayList<>();
            for (MeterModel model : models) {
                if (model.identity().isPresent()) {
                    MeterIdentity identity = model.identity().get();
                    identification(identity)
                            .map(identity::shown)
                            .filter(shown -> !shown.isEmpty())
                            .map(shown ->
                                    "register 0x%04X: %s".formatted(identity.address(), shown))
                            .filter(line -> !sayings.contains(line))
                            .ifPresent(sayings::add);
                }
            }
            return sayings;
        }

        private Optional<Decoded> total(MeterModel model, Direction direction)
                throws InterruptedException {
            RegisterFormat format = model.format();
            return read(model.function(), model.register(direction), format.type().words())
                            instanceof ReadResponse.Words(List<Integer> words)
                    ? Optional.of(RegisterDecoder.decode(format, words))
                            .filter(d -> sound(words, d))
                    : Optional.empty();
        }

        /// A number that is not zero, yet less than a milliwatt-hour, is some other number.
        private static boolean sound(List<Integer> words, Decoded decoded) {
            return !(decoded instanceof Decoded.Reading(long value))
                    || (value <= LARGEST_PLAUSIBLE
                            && (value > 0 || words.stream().allMatch(word -> word == 0)));
        }

        boolean looksLike(MeterModel model) throws InterruptedException {
            Optional<Decoded> imported = total(model, Direction.IMPORT);
            Optional<Decoded> exported = total(model, Direction.EXPORT);
            return imported.filter(Decoded.Reading.class::isInstance).isPresent()
                    && exported.filter(d -> !(d instanceof Decoded.Refused)).isPresent();
        }

        Candidate totals(MeterModel model) throws InterruptedException {
            return new Candidate(
                    model,
                    value(total(model, Direction.IMPORT)),
                    value(total(model, Direction.EXPORT)));
        }

        private static OptionalLong value(Optional<Decoded> decoded) {
            return decoded.isPresent() && decoded.get() instanceof Decoded.Reading(long value)
                    ? OptionalLong.of(value)
                    : OptionalLong.empty();
        }

        Found found(Certainty certainty, List<Candidate> candidates, List<String> says)
                throws InterruptedException {
            List<Integer> functions = new ArrayList<>();
            for (int function : List.of(3, 4)) {
                ReadResponse answer = read(function, 0, 2);
                boolean unsupported =
                        answer instanceof ReadResponse.ExceptionResponse declined
                                && declined.code() == ExceptionCode.ILLEGAL_FUNCTION;
                if (present(answer) && !unsupported) {
                    functions.add(function);
                }
            }
            return new Found(unitId, certainty, candidates, says, functions);
        }
    }

    /// The settings that meters of these models leave their factories with, the commonest first.
    public static List<SerialSettings> factorySettings(List<MeterModel> models) {
        Map<SerialSettings, Integer> counts = new LinkedHashMap<>(); // equals in the models' order
        models.forEach(model -> counts.merge(model.serial(), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<SerialSettings, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Each of these speeds, without and with even parity, as meters use them.
    public static List<SerialSettings> settingsAt(List<Integer> bauds) {
        return bauds.stream()
                .flatMap(baud ->
                        Stream.of(SerialSettings.Parity.NONE, SerialSettings.Parity.EVEN)
                                .map(parity -> new SerialSettings(baud, parity, 1)))
                .toList();
    }
}

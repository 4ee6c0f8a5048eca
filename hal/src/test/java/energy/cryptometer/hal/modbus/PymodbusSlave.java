package energy.cryptometer.hal.modbus;

import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Meters played by the pymodbus project: it knows their registers and nothing of our code.
public final class PymodbusSlave implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final Register shown;

    /// One register of one meter, as its manual writes it.
    public record Register(int unit, int function, int address) {
        String json(String hex) {
            return "\"%d\": %s".formatted(address, words(hex));
        }
    }

    /// A slave as that meter, with `exported` (hexadecimal, as in the meter's manual) in its export
    /// register, and nothing else but a decoy in its import register.
    public PymodbusSlave(MeterModel model, int unitId, String device, String exported) {
        this(
                device,
                Map.of(
                        register(model, unitId, Direction.IMPORT),
                        "1".repeat(exported.length()),
                        register(model, unitId, Direction.EXPORT),
                        exported),
                register(model, unitId, Direction.EXPORT));
    }

    /// Meters on one line with these registers and no others; all other units are silent.
    public PymodbusSlave(String device, Map<Register, String> registers) {
        this(device, registers, registers.keySet().iterator().next());
    }

    private PymodbusSlave(String device, Map<Register, String> registers, Register shown) {
        this.shown = shown;
        String units =
                registers.keySet().stream()
                        .map(Register::unit)
                        .distinct()
                        .map(unit -> "\"%d\": {%s}".formatted(unit, functions(unit, registers)))
                        .collect(Collectors.joining(", "));
        process =
                PseudoLine.run(
                        "/usr/bin/python3",
                        script(),
                        device,
                        "{\"baud\": 9600, \"parity\": \"N\", \"units\": {" + units + "}}");
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    private static String functions(int unit, Map<Register, String> registers) {
        return IntStream.of(3, 4)
                .mapToObj(function ->
                        registers.entrySet().stream()
                                .filter(entry -> entry.getKey().unit() == unit)
                                .filter(entry -> entry.getKey().function() == function)
                                .map(entry -> entry.getKey().json(entry.getValue()))
                                .collect(
                                        Collectors.joining(
                                                ", ", "\"%d\": {".formatted(function), "}")))
                .collect(Collectors.joining(", "));
    }

    public static Register register(MeterModel model, int unitId, Direction direction) {
        return new Register(unitId, model.function(), model.register(direction));
    }

    private static String script() {
        try {
            return Path.of(
                            Objects.requireNonNull(PymodbusSlave.class.getResource("slave.py"))
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static List<Integer> words(String hex) {
        return IntStream.range(0, hex.length() / 4)
                .mapToObj(i -> Integer.parseInt(hex, 4 * i, 4 * i + 4, 16))
                .toList();
    }

    /// The export register now shows this.
    public void show(String exported) {
        show(shown, exported);
    }

    /// That register now shows this.
    public void show(Register register, String hex) {
        String words = words(hex).stream().map(w -> " " + w).collect(Collectors.joining());
        try {
            commands.write(
                    "%d:%d %d%s\n"
                            .formatted(
                                    register.unit(),
                                    register.function(),
                                    register.address(),
                                    words));
            commands.flush();
            if (!"ok".equals(answers.readLine())) {
                throw new AssertionError("the slave did not obey; " + PseudoLine.INSTALL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the slave is gone; " + PseudoLine.INSTALL, e);
        }
    }

    /// Stops in the middle of whatever it does. What is asked meanwhile is answered late.
    public void freeze() throws InterruptedException {
        signal("STOP");
    }

    public void thaw() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        int code = PseudoLine.run("kill", "-" + name, Long.toString(process.pid())).waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " gave " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

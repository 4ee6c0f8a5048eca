package energy.cryptometer.hal.meter;

import energy.cryptometer.hal.meter.MeterModel.Direction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// A meter played by the pymodbus project: it knows its registers and nothing of our code.
final class PymodbusSlave implements AutoCloseable {
    private final MeterModel model;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /// A slave as that meter, with `exported` (hexadecimal, as in the meter's manual) in its export
    /// register, and nothing else but a decoy in its import register.
    PymodbusSlave(MeterModel model, int unitId, String device, String exported) {
        this.model = model;
        String map =
                """
                {"unit": %d, "baud": %d, "parity": "%s", "registers": {"%d": {"%d": %s, "%d": %s}}}
                """
                        .formatted(
                                unitId,
                                model.serial().baud(),
                                model.serial().parity().name().substring(0, 1),
                                model.function(),
                                model.register(Direction.IMPORT),
                                words("1".repeat(exported.length())),
                                model.register(Direction.EXPORT),
                                words(exported));
        process = PseudoLine.run("/usr/bin/python3", script(), device, map.strip());
        commands = process.outputWriter();
        answers = process.inputReader();
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

    private static List<Integer> words(String hex) {
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < hex.length(); i += 4) {
            words.add(HexFormat.fromHexDigits(hex, i, i + 4));
        }
        return words;
    }

    /// The export register now shows this.
    void show(String exported) {
        StringBuilder line = new StringBuilder();
        line.append(model.function()).append(' ').append(model.register(Direction.EXPORT));
        words(exported).forEach(word -> line.append(' ').append(word));
        try {
            commands.write(line.append('\n').toString());
            commands.flush();
            if (!"ok".equals(answers.readLine())) {
                throw new AssertionError("the slave did not obey; " + PseudoLine.INSTALL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the slave is gone; " + PseudoLine.INSTALL, e);
        }
    }

    /// Stops in the middle of whatever it does. What is asked meanwhile is answered late.
    void freeze() throws InterruptedException {
        signal("STOP");
    }

    void thaw() throws InterruptedException {
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

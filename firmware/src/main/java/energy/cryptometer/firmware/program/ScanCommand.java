package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.meter.model.MeterScan;
import energy.cryptometer.hal.modbus.SerialSettings;
import energy.cryptometer.hal.modbus.SharedLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer meter scan`: asks every unit at every setting, and ends at the first setting where
/// a meter answers, since all meters of a line are set alike.
@Command(
        name = "scan",
        description = {
            "Finds meters on a serial line and says what they are. Only reads; no other program may",
            "use the line meanwhile. Ends at the first setting where a meter answers.",
            ""
        },
        footer = {
            "",
            "Two meters with one unit id answer at once and cannot be read: the scan says where, and",
            "the ids are set apart on the meters, connected one at a time.",
            "",
            "--json prints one object:",
            "  schema     1",
            "  port       as given",
            "  found      a list of units, each {unit, baud, parity, stopBits, certainty, models, says,",
            "             functions}; certainty is 'says-so', 'looks-like' or 'unknown', models a list",
            "             of {model, importMilliwattHours, exportMilliwattHours}, null where the meter",
            "             has no such total",
            "  notes      what could not be tried or read, one line each",
            "",
            "Examples:",
            "  cryptometer meter scan --port /dev/ttyUSB0 --units 1-10",
            "  cryptometer meter scan --port /dev/ttyUSB0 --bauds 9600,19200 --all --json"
        })
final class ScanCommand implements Callable<Integer> {
    private static final int LEAST_TIMEOUT_MILLIS = 20;
    private static final int MOST_TIMEOUT_MILLIS = 5_000;

    /// A unit that is not there costs its time limit, the silence after it, and the frames.
    private static final int LIMITS_PER_UNIT = 3;

    private static final int MOST_NAMED = 8;

    private final Terminal terminal;

    @Option(
            names = "--port",
            required = true,
            paramLabel = "DEVICE",
            description = "The serial line, best by its name under /dev/serial/by-id.")
    private String port = "";

    @Option(
            names = "--bauds",
            split = ",",
            paramLabel = "BAUD",
            description = {
                "Speeds to try, each without and with even parity.",
                "Without it, the factory settings of all known meters."
            })
    private List<Integer> bauds = List.of();

    @Option(
            names = "--units",
            paramLabel = "FIRST-LAST",
            description = "Unit ids to ask, 1-247 unless told.")
    private String units = "1-247";

    @Option(
            names = "--timeout-ms",
            paramLabel = "MILLISECONDS",
            description = "How long a unit may think, 200 unless told.")
    private int timeoutMillis = 200;

    @Option(names = "--all", description = "Try every setting, whatever was found before.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ScanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        UnitRange range =
                UnitRange.parse(units)
                        .orElseThrow(() ->
                                refused(
                                        "--units is '%s', must be like 7 or 1-247"
                                                .formatted(units)));
        if (timeoutMillis < LEAST_TIMEOUT_MILLIS || timeoutMillis > MOST_TIMEOUT_MILLIS) {
            throw refused(
                    "--timeout-ms is %d, must be %d to %d"
                            .formatted(timeoutMillis, LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS));
        }
        if (!SerialSettings.BAUDS.containsAll(bauds)) {
            throw refused(
                    "--bauds is %s, known are %s"
                            .formatted(bauds, SerialSettings.BAUDS.stream().sorted().toList()));
        }
        List<SerialSettings> settings =
                bauds.isEmpty()
                        ? MeterScan.factorySettings(MeterModels.all())
                        : MeterScan.settingsAt(bauds);
        ScanReport report = scan(settings, range);
        terminal.out().print(json ? report.json() + "\n" : report.text());
        return ExitCode.OK.code();
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.USAGE, why);
    }

    private ScanReport scan(List<SerialSettings> settings, UnitRange range)
            throws InterruptedException {
        long most = (long) settings.size() * range.size() * timeoutMillis * LIMITS_PER_UNIT / 1000;
        terminal.err()
                .println(
                        "asking %d units at %s: at most about %d s"
                                .formatted(range.size(), settings, most + 1));
        List<ScanReport.At> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int untried = 0;
        long units = (long) settings.size() * range.size();
        try (Progress progress = new Progress(terminal, "Scanning", units)) {
            for (int i = 0; i < settings.size() && (all || found.isEmpty()); i++) {
                SerialSettings setting = settings.get(i);
                long before = (long) i * range.size();
                try {
                    Look look = scan(setting, range, progress, before);
                    found.addAll(look.found());
                    garbled(setting, look.garbled()).ifPresent(notes::add);
                } catch (MeterScan.PortLostException lost) {
                    untried++;
                    notes.add("not tried at %s: %s".formatted(setting, lost.getMessage()));
                }
            }
            progress.reached(units);
        }
        if (untried == settings.size()) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, notes.getFirst());
        }
        return new ScanReport(port, found, notes);
    }

    /// What one setting gave.
    private record Look(List<ScanReport.At> found, Map<Integer, String> garbled) {}

    private Look scan(SerialSettings setting, UnitRange range, Progress progress, long before)
            throws InterruptedException {
        List<ScanReport.At> found = new ArrayList<>();
        try (SharedLine line = SharedLine.at(port, setting)) {
            MeterScan scan =
                    new MeterScan(line, MeterModels.all(), Duration.ofMillis(timeoutMillis));
            for (int unit : range.units()) {
                scan.look(unit).ifPresent(meter -> found.add(new ScanReport.At(setting, meter)));
                progress.reached(before + unit - range.first() + 1);
            }
            return new Look(found, scan.garbled());
        }
    }

    private static Optional<String> garbled(SerialSettings setting, Map<Integer, String> units) {
        if (units.isEmpty()) {
            return Optional.empty();
        }
        List<String> first =
                units.keySet().stream().limit(MOST_NAMED).map(String::valueOf).toList();
        return Optional.of(
                "unit %s%s at %s: something answers that cannot be read (%s): two meters with one unit id, another parity, or noise?"
                        .formatted(
                                String.join(", ", first),
                                units.size() > MOST_NAMED ? " and more" : "",
                                setting,
                                units.values().iterator().next()));
    }
}

package energy.cryptometer.firmware.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.meter.model.MeterScan.Candidate;
import energy.cryptometer.hal.meter.model.MeterScan.Certainty;
import energy.cryptometer.hal.meter.model.MeterScan.Found;
import energy.cryptometer.hal.modbus.SerialSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What a scan found, for people and for machines.
///
/// @param notes what could not be tried, one line each
record ScanReport(String port, List<At> found, List<String> notes) {
    private static final int SCHEMA = 1;
    private static final int KILOWATT_HOUR_DIGITS = 6;

    /// A unit, and the settings at which it answers.
    record At(SerialSettings settings, Found found) {}

    ScanReport {
        found = List.copyOf(found);
        notes = List.copyOf(notes);
    }

    Json json() {
        return Json.object()
                .put("schema", SCHEMA)
                .put("port", port)
                .put("found", found.stream().map(ScanReport::json).toList())
                .put("notes", notes);
    }

    private static Json json(At at) {
        Found found = at.found();
        return Json.object()
                .put("unit", found.unitId())
                .put("baud", at.settings().baud())
                .put("parity", word(at.settings().parity()))
                .put("stopBits", at.settings().stopBits())
                .put("certainty", word(found.certainty()))
                .put("models", found.candidates().stream().map(ScanReport::json).toList())
                .put("says", found.says())
                .put("functions", found.functions());
    }

    private static Json json(Candidate candidate) {
        return Json.object()
                .put("model", candidate.model().name())
                .put("importMilliwattHours", candidate.imported())
                .put("exportMilliwattHours", candidate.exported());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        if (found.isEmpty()) {
            text.append(
                    """
                    no meter answers: check A and B, power, termination, and the unit id and speed on \
                    the meter's display
                    """);
        }
        found.forEach(at -> text.append(text(at)));
        return text.toString();
    }

    private String text(At at) {
        Found found = at.found();
        String where = "unit %d at %s: ".formatted(found.unitId(), at.settings());
        StringBuilder text = new StringBuilder();
        text.append(
                switch (found.certainty()) {
                    case SAYS_SO -> where + name(found.candidates().getFirst()) + ", it says so\n";
                    case LOOKS_LIKE ->
                            where
                                    + "answers like "
                                    + String.join(
                                            " or ",
                                            found.candidates().stream()
                                                    .map(ScanReport::name)
                                                    .toList())
                                    + ": look at its name plate\n";
                    case UNKNOWN -> where + "unknown, answers " + registers(found) + "\n";
                });
        found.says().forEach(line -> text.append("    ").append(line).append('\n'));
        if (found.certainty() != Certainty.UNKNOWN) {
            text.append(totals(found.candidates().getFirst())).append(section(at));
        }
        return text.toString();
    }

    private static String name(Candidate candidate) {
        return "%s %s (%s)"
                .formatted(
                        candidate.model().manufacturer(),
                        candidate.model().model(),
                        candidate.model().name());
    }

    private static String registers(Found found) {
        return found.functions().isEmpty()
                ? "neither holding nor input registers"
                : String.join(
                                " and ",
                                found.functions().stream()
                                        .map(f -> f == 3 ? "holding" : "input")
                                        .toList())
                        + " registers";
    }

    private static String totals(Candidate candidate) {
        return """
            import 0x%04X, drawn from the grid: %s
            export 0x%04X, fed into the grid:   %s
        """
                .formatted(
                        candidate.model().importRegister(),
                        kilowattHours(candidate.imported()),
                        candidate.model().exportRegister(),
                        kilowattHours(candidate.exported()));
    }

    private static String kilowattHours(OptionalLong milliwattHours) {
        return milliwattHours.isEmpty()
                ? "not available"
                : BigDecimal.valueOf(milliwattHours.getAsLong(), KILOWATT_HOUR_DIGITS) + " kWh";
    }

    private String section(At at) {
        return """

        [source]
        type = "modbus"
        model = "%s"
        port = "%s"
        unit = %d
        direction = "export"   # or "import": see the two totals above and let the right one grow
        baud = %d
        parity = "%s"
        stop_bits = %d

        """
                .formatted(
                        at.found().candidates().getFirst().model().name(),
                        port,
                        at.found().unitId(),
                        at.settings().baud(),
                        word(at.settings().parity()),
                        at.settings().stopBits());
    }
}

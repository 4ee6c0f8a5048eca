package energy.cryptometer.demo.run;

import energy.cryptometer.command.Json;
import java.math.BigDecimal;
import java.util.Map;

/// How the demonstration ended. Energies in milliwatt-hours, each from a statement that a light
/// client verified.
///
/// @param verified whether every statement and the whole exported chain verify and everything adds
///   up
/// @param bytesPerPulse UDP payload both ways per pulse in full batches
public record Outcome(
        MeterCounts counts,
        Map<String, Long> generators,
        long plant,
        Map<String, Long> participants,
        boolean verified,
        int restarts,
        BigDecimal bytesPerPulse) {
    public Json json() {
        return Json.object()
                .put("counted", counts.counted())
                .put("signed", counts.signed())
                .put("sent", counts.sent())
                .put("proven", counts.proven())
                .put("generators", numbers(generators))
                .put("vpp", plant)
                .put("participants", numbers(participants))
                .put("verified", verified)
                .put("restarts", restarts)
                .put("bytesPerPulseOnWire", bytesPerPulse);
    }

    private static Json numbers(Map<String, Long> values) {
        Json json = Json.object();
        values.forEach(json::put);
        return json;
    }

    /// The statement for people.
    public String text() {
        StringBuilder text = new StringBuilder();
        generators.forEach((name, energy) -> line(text, "generator " + name, energy));
        line(text, "virtual power plant", plant);
        participants.forEach((name, energy) -> line(text, "participant " + name, energy));
        text.append(
                "%n%d pulses counted, %d signed, %d sent, %d proven; %d programs killed and restarted%n"
                        .formatted(
                                counts.counted(),
                                counts.signed(),
                                counts.sent(),
                                counts.proven(),
                                restarts));
        text.append(
                "%s bytes per pulse on the wire in a full batch, 64 of them the signature%n"
                        .formatted(bytesPerPulse.toPlainString()));
        return text.append(
                        verified
                                ? "Verified: every pulse proven, none lost, none twice.%n"
                                        .formatted()
                                : "NOT VERIFIED: see the lines above.%n".formatted())
                .toString();
    }

    private static void line(StringBuilder text, String who, long milliwattHours) {
        text.append(
                "  %-22s %,6d.%06d kWh%n"
                        .formatted(who, milliwattHours / 1_000_000, milliwattHours % 1_000_000));
    }
}

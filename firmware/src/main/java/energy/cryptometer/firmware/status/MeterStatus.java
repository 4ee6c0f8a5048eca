package energy.cryptometer.firmware.status;

import energy.cryptometer.command.Json;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.firmware.status.RuntimeStatus.WireTotals;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The whole state of a meter: four numbers, the register they stand for, and how the program is.
///
/// @param serial on the meter's plate
/// @param starts how often the program has started
/// @param lastTransaction id of the newest signed transaction, for `lightclient prove`
/// @param runtime what the program last wrote; empty if it never ran
/// @param now the board's time of the look
public record MeterStatus(
        AccountId account,
        String serial,
        PulseConstant constant,
        long starts,
        JournalCounts counts,
        Hash lastTransaction,
        Optional<RuntimeStatus> runtime,
        BoardClock.Reading now) {
    private static final int SCHEMA = 1;

    public Json json() {
        return Json.object()
                .put("schema", SCHEMA)
                .put("account", account.toString())
                .put("serial", serial)
                .put("starts", starts)
                .put("running", running())
                .put("counted", counts.counted())
                .put("signed", counts.signed())
                .put("sent", counts.sent())
                .put("proven", counts.proven())
                .put("registerMilliwattHours", register())
                .put("oldestUnprovenAgeSeconds", oldestUnprovenAge())
                .put("lastTransaction", lastTransaction.toString())
                .put("keyKind", runtime.map(status -> status.key().kind()).orElse("unknown"))
                .put("key", runtime.map(status -> status.key().description()).orElse("unknown"))
                .put("clockQuality", runtime.map(RuntimeStatus::clockQuality).orElse("unknown"))
                .put("source", runtime.map(status -> status.source().line()).orElse("unknown"))
                .put("signer", runtime.map(status -> status.queue().json()).orElse(Json.object()))
                .put("counters", counters())
                .put("bytesPerPulseOnWire", perPulse(false))
                .put("bytesPerPulseInFullBatch", perPulse(true))
                .put("problems", problems());
    }

    /// For people.
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "meter", serial + ", account " + account);
        line(text, "program", running() ? "running" : notRunning());
        line(text, "counted", counts.counted() + " pulses");
        line(text, "signed", counts.signed() + " pulses");
        line(text, "sent", counts.sent() + " pulses");
        line(text, "proven", counts.proven() + " pulses");
        line(text, "register", constant.register(counts.counted()) + " at " + constant);
        OptionalLong age = oldestUnprovenAge();
        line(
                text,
                "oldest unproven",
                age.isPresent() ? age.getAsLong() + " s" : "none: every pulse is proven");
        line(text, "last transaction", lastTransaction.toString());
        runtime.ifPresent(status -> {
            line(text, "key", status.key().kind() + " (" + status.key().description() + ")");
            line(text, "signer", signer(status.queue()));
            line(text, "clock", status.clockQuality());
            line(text, "source", status.source().line());
        });
        problems().forEach(problem -> line(text, "problem", problem));
        return text.toString();
    }

    private String notRunning() {
        return "not running: start it with 'cryptometer run'"
                + runtime.map(last -> "; its last sign of life is of " + last.at().wall())
                        .orElse("");
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-17s %s%n".formatted(what, value));
    }

    /// Whether the program has written its status lately.
    public boolean running() {
        return runtime.filter(status -> status.fresh(now)).isPresent();
    }

    /// Whether the program runs and the meter's pulses are not counted all the same.
    public boolean inputIsAway() {
        return running() && !runtime.map(status -> status.source().counts()).orElse(true);
    }

    private long register() {
        return constant.register(counts.counted()).milliwattHours();
    }

    /// Age of the oldest pulse that is not proven, in seconds; 0 where every pulse is.
    public long oldestUnprovenSeconds() {
        return oldestUnprovenAge().orElse(0);
    }

    /// By the clock that dates pulses, while there is one: the board's own may have been set.
    private OptionalLong oldestUnprovenAge() {
        Instant time =
                runtime.filter(status -> status.fresh(now))
                        .map(RuntimeStatus::at)
                        .orElse(now)
                        .wall();
        return counts.oldestUnproven()
                .map(oldest -> Math.max(0, Duration.between(oldest, time).toSeconds()))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// One line each: what does not work now.
    public List<String> problems() {
        return running() ? runtime.map(RuntimeStatus::problems).orElse(List.of()) : List.of();
    }

    private BigDecimal perPulse(boolean full) {
        WireTotals wire = runtime.map(RuntimeStatus::wire).orElse(WireTotals.NONE);
        long bytes = full ? wire.fullBatchBytes() : wire.bytes();
        long pulses = full ? wire.fullBatchPulses() : wire.pulses();
        return pulses == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(pulses), 1, RoundingMode.HALF_UP);
    }

    private static String signer(RuntimeStatus.Queue queue) {
        return queue.unsigned() == 0
                ? "nothing waits"
                : "%d pulses wait, the oldest for %d s; %s signatures/s, up to %d pulses each"
                        .formatted(
                                queue.unsigned(),
                                queue.oldestSeconds(),
                                queue.signaturesPerSecond().toPlainString(),
                                queue.pulsesPerTransaction());
    }

    private Json counters() {
        Json counters = Json.object();
        runtime.ifPresent(status ->
                status.source()
                        .counters()
                        .forEach((name, value) -> counters.put(name, value.longValue())));
        return counters;
    }
}

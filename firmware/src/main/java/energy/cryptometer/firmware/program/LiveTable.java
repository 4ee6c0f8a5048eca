package energy.cryptometer.firmware.program;

import energy.cryptometer.firmware.status.BoardHealth;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What `top` shows: one line a meter, with the power of the last minute, then everything that does
/// not work. Remembers what it has shown.
public final class LiveTable {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final long JOULES_PER_KILOWATT_HOUR = 3_600_000;

    private record Look(BoardClock.Reading at, long counted) {}

    private final Map<String, Deque<Look>> looks = new HashMap<>();

    /// The next picture.
    public String text(List<MeterStatus> meters, BoardHealth board) {
        StringBuilder text = new StringBuilder();
        text.append("%s  clock %s%n".formatted(board.clock().wall(), board.clock().quality()));
        text.append(
                "%-16s %10s %10s %10s %10s %9s %8s%n"
                        .formatted(
                                "meter",
                                "counted",
                                "signed",
                                "sent",
                                "proven",
                                "power W",
                                "oldest s"));
        for (MeterStatus meter : meters) {
            text.append(
                    "%-16s %10d %10d %10d %10d %9s %8d%s%n"
                            .formatted(
                                    meter.serial(),
                                    meter.counts().counted(),
                                    meter.counts().signed(),
                                    meter.counts().sent(),
                                    meter.counts().proven(),
                                    power(meter, board.clock()),
                                    meter.oldestUnprovenSeconds(),
                                    meter.running() ? "" : "  not running"));
        }
        meters.forEach(meter ->
                meter.problems()
                        .forEach(problem ->
                                text.append("! %s: %s%n".formatted(meter.serial(), problem))));
        board.problems().forEach(problem -> text.append("! board: %s%n".formatted(problem)));
        return text.toString();
    }

    /// Mean power between the oldest look of the last minute and this one; a dash while there is
    /// only one. Time is boot time: setting the clock makes no power.
    private String power(MeterStatus meter, BoardClock.Reading at) {
        Deque<Look> past = looks.computeIfAbsent(meter.serial(), _ -> new ArrayDeque<>());
        Look now = new Look(at, meter.counts().counted());
        while (!past.isEmpty() && between(past.getFirst(), now).compareTo(WINDOW) > 0) {
            Look _ = past.removeFirst();
        }
        past.addLast(now);
        Look first = past.getFirst();
        long millis = between(first, now).toMillis();
        return millis <= 0
                ? "-"
                : Long.toString(watts(now.counted() - first.counted(), meter.constant(), millis));
    }

    private static Duration between(Look first, Look last) {
        return last.at().sinceInSameBoot(first.at()).orElse(Duration.ZERO);
    }

    static long watts(long pulses, PulseConstant constant, long millis) {
        return Math.multiplyExact(pulses, JOULES_PER_KILOWATT_HOUR)
                / constant.pulsesPerKilowattHour()
                * 1000
                / millis;
    }
}

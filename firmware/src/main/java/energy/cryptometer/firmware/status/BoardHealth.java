package energy.cryptometer.firmware.status;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.board.SupplyVoltage;
import energy.cryptometer.hal.board.TimeService;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.ClockQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the board is at one moment.
///
/// @param clock this board's time and its quality
/// @param time who sets the clock
/// @param supplyTooLow whether the supply is too low now, as far as the board says
/// @param disks one for each file system with a journal
public record BoardHealth(
        BoardClock.Reading clock, TimeService time, boolean supplyTooLow, List<Disk> disks) {
    public BoardHealth {
        disks = List.copyOf(disks);
    }

    /// Looks at everything once.
    public static BoardHealth now(BoardClock clock, SupplyVoltage supply, List<Disk> disks) {
        return new BoardHealth(
                clock.read(), TimeService.ofThisBoard(), supply.isTooLow(), List.copyOf(disks));
    }

    /// What somebody should look at, one line each.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (clock.quality() == ClockQuality.UNKNOWN) {
            problems.add(
                    "clock: never set since power-on, it says %s; %s"
                            .formatted(clock.wall(), time.line()));
        } else if (clock.quality() == ClockQuality.INFORMATIVE && time.name().isEmpty()) {
            problems.add("clock: nobody disciplines it; " + time.line());
        }
        if (supplyTooLow) {
            problems.add("supply: too low; use a stronger one or a shorter cable");
        }
        disks.forEach(disk -> disk.problem().ifPresent(problems::add));
        return problems;
    }

    /// For people.
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "clock", clock.quality().name().toLowerCase(Locale.ROOT) + "; " + time.line());
        disks.forEach(disk -> line(text, "disk", disk.line()));
        problems().forEach(problem -> line(text, "problem", problem));
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-17s %s%n".formatted(what, value));
    }

    public Json json() {
        return Json.object()
                .put("time", clock.wall().toString())
                .put("clockQuality", clock.quality().name().toLowerCase(Locale.ROOT))
                .put("timeService", time.line())
                .put("supplyTooLow", supplyTooLow)
                .put("disks", disks.stream().map(Disk::json).toList())
                .put("problems", problems());
    }
}

package energy.cryptometer.firmware.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.community.MeterEntry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a test of the key found, for a person or for a program.
record KeyTestReport(String key, KeyKind kind, TokenPace pace, MeterEntry meter) {
    private BigInteger sustained() {
        return pace.sustainedWatts(meter.constant());
    }

    private BigInteger rated() {
        return BigInteger.valueOf(meter.ratedPowerWatts());
    }

    private boolean enough() {
        return sustained().compareTo(rated()) >= 0;
    }

    private SunnyDay.Outcome sunnyDay(int maxPulses) {
        return new SunnyDay(meter.constant(), meter.ratedPowerWatts()).with(pace, maxPulses);
    }

    /// @param maxPulses most pulses in one transaction that the genesis allows
    Json json(int maxPulses) {
        List<Json> days =
                Stream.of(1, maxPulses).distinct().map(most -> json(most, sunnyDay(most))).toList();
        return Json.object()
                .put("schema", 1)
                .put("key", key)
                .put("kind", kind.label())
                .put("signatures", pace.signatures().size())
                .put("p50Micros", micros(pace.percentile(50)))
                .put("p95Micros", micros(pace.percentile(95)))
                .put("p99Micros", micros(pace.percentile(99)))
                .put("longestMicros", micros(pace.longest()))
                .put("signaturesPerSecond", pace.perSecond())
                .put("constant", meter.constant().pulsesPerKilowattHour())
                .put("ratedPowerWatts", meter.ratedPowerWatts())
                .put("sustainedWatts", new BigDecimal(sustained()))
                .put("enough", enough())
                .put("sunnyDay", days);
    }

    private static Json json(int maxPulses, SunnyDay.Outcome day) {
        OptionalLong drained =
                day.drained()
                        .map(at -> OptionalLong.of(at.toMinutes()))
                        .orElse(OptionalLong.empty());
        return Json.object()
                .put("maxPulses", maxPulses)
                .put("pulses", day.pulses())
                .put("largestBacklog", day.largestBacklog())
                .put("left", day.left())
                .put("drainedMinutes", drained);
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    /// @param maxPulses most pulses in one transaction that the genesis allows
    String text(int maxPulses) {
        String text =
                """
                key         %s (%s)
                signatures  %d, each verified
                one takes   p50 %s ms, p95 %s ms, p99 %s ms, longest %s ms
                pace        %s signatures per second
                meter       %s, %s, rated power %s kW
                sustains    %s kW at one transaction per pulse
                verdict     %s
                sunny day   half a sine over %d h, %s kW at noon: %d pulses
                  at 1 pulse in each transaction: %s
                """
                        .formatted(
                                key,
                                kind.label(),
                                pace.signatures().size(),
                                millis(pace.percentile(50)),
                                millis(pace.percentile(95)),
                                millis(pace.percentile(99)),
                                millis(pace.longest()),
                                pace.perSecond(),
                                meter.serial(),
                                meter.constant(),
                                kilowatts(rated()),
                                kilowatts(sustained()),
                                verdict(),
                                SunnyDay.SUNSHINE.toHours(),
                                kilowatts(rated()),
                                sunnyDay(1).pulses(),
                                words(sunnyDay(1)));
        return text
                + (maxPulses == 1
                        ? "  the community allows no more than that\n"
                        : "  at up to %d, as the community allows under backlog: %s\n"
                                .formatted(maxPulses, words(sunnyDay(maxPulses))));
    }

    private String verdict() {
        if (!enough()) {
            return "not enough: %s kW short of the rated power"
                    .formatted(kilowatts(rated().subtract(sustained())));
        }
        return "enough: %s times the rated power"
                .formatted(
                        new BigDecimal(sustained())
                                .divide(new BigDecimal(rated()), 1, RoundingMode.DOWN));
    }

    private static String words(SunnyDay.Outcome day) {
        if (day.drained().isEmpty()) {
            return "largest backlog %d pulses; %d wait at the next sunrise, and each such day adds to them"
                    .formatted(day.largestBacklog(), day.left());
        }
        Duration drained = day.drained().get();
        if (drained.isZero()) {
            return "no backlog";
        }
        Duration afterSunset = drained.minus(SunnyDay.SUNSHINE);
        return "largest backlog %d pulses, signed %s"
                .formatted(
                        day.largestBacklog(),
                        afterSunset.isPositive()
                                ? hours(afterSunset) + " after sunset"
                                : hours(drained) + " after sunrise");
    }

    private static String hours(Duration time) {
        return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }

    private static BigDecimal millis(Duration time) {
        return new BigDecimal(BigInteger.valueOf(time.toNanos()), 6)
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal kilowatts(BigInteger watts) {
        return new BigDecimal(watts, 3).setScale(1, RoundingMode.DOWN);
    }
}

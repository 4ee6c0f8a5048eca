package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTestReportTest {
    private static KeyTestReport report(int ratedPowerWatts, long millis) {
        MeterEntry meter =
                new MeterEntry(
                        new SmallCommunity().meterA.publicKey(),
                        "M-1",
                        MidClass.B,
                        new PulseConstant(1000),
                        ratedPowerWatts);
        return new KeyTestReport(
                "key 'k'",
                KeyKind.HARDWARE_TOKEN,
                new TokenPace(Collections.nCopies(50, Duration.ofMillis(millis))),
                meter);
    }

    @Test
    void aTokenThatKeepsUpIsEnough() {
        assertThat(report(10_000, 200).text(1))
                .isEqualTo(
                        """
                        key         key 'k' (token)
                        signatures  50, each verified
                        one takes   p50 200.00 ms, p95 200.00 ms, p99 200.00 ms, longest 200.00 ms
                        pace        5.00 signatures per second
                        meter       M-1, 1000 imp/kWh, rated power 10.0 kW
                        sustains    18.0 kW at one transaction per pulse
                        verdict     enough: 1.8 times the rated power
                        sunny day   half a sine over 10 h, 10.0 kW at noon: 63647 pulses
                          at 1 pulse in each transaction: no backlog
                          the community allows no more than that
                        """);
    }

    @Test
    void aTokenThatFallsBehindSaysByHowMuchAndForHowLong() {
        assertThat(report(10_000, 720).text(20))
                .contains(
                        "verdict     not enough: 5.0 kW short of the rated power\n",
                        "  at 1 pulse in each transaction: largest backlog 21750 pulses, signed 3 h 33"
                                + " min after sunset\n",
                        "  at up to 20, as the community allows under backlog: largest backlog 117"
                                + " pulses, signed 8 h 35 min after sunrise\n");
        assertThat(report(10_000, 2_000).text(1))
                .contains(
                        "largest backlog 46669 pulses; 20958 wait at the next sunrise, and each such"
                                + " day adds to them\n");
    }

    @Test
    void theJsonIsWhatTheHelpSays() {
        Json json = Json.readObject(report(10_000, 2_000).json(20).toString(), "a test");
        assertThat(json.keys())
                .containsExactlyInAnyOrder(
                        "schema",
                        "key",
                        "kind",
                        "signatures",
                        "p50Micros",
                        "p95Micros",
                        "p99Micros",
                        "longestMicros",
                        "signaturesPerSecond",
                        "constant",
                        "ratedPowerWatts",
                        "sustainedWatts",
                        "enough",
                        "sunnyDay");
        assertThat(json.integer("p95Micros")).isEqualTo(2_000_000);
        assertThat(json.bool("enough")).isFalse();
        List<Json> days = json.objects("sunnyDay");
        assertThat(days).hasSize(2);
        assertThat(days.getFirst().optionalInteger("drainedMinutes")).isEmpty();
        assertThat(days.getFirst().integer("left")).isEqualTo(20_958);
        assertThat(days.getLast().integer("maxPulses")).isEqualTo(20);
        assertThat(days.getLast().integer("drainedMinutes")).isEqualTo(586);
        assertThat(report(10_000, 2_000).json(1).toString()).contains("\"sustainedWatts\":1800,");
    }
}

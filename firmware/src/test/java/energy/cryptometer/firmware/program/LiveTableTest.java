package energy.cryptometer.firmware.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.firmware.status.BoardHealth;
import energy.cryptometer.firmware.status.MeterStatus;
import energy.cryptometer.hal.board.TimeService;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SimulatedClock clock = SimulatedClock.startingAt(NOON);
    private final LiveTable table = new LiveTable();

    private String shown(int seconds, long counted) {
        clock.advance(Duration.ofSeconds(seconds));
        MeterStatus meter =
                new MeterStatus(
                        new AccountId(Hash.sha256(new byte[] {1})),
                        "4711",
                        new PulseConstant(1000),
                        1,
                        new JournalCounts(counted, 0, 0, 0, Optional.empty()),
                        Hash.ZERO,
                        Optional.empty(),
                        clock.read());
        return table.text(List.of(meter), board());
    }

    private BoardHealth board() {
        return new BoardHealth(
                clock.read(),
                new TimeService(Optional.of("chrony"), Optional.empty()),
                true,
                List.of());
    }

    @Test
    void thePowerIsThatOfTheLastMinute() {
        assertThat(shown(0, 100)).contains(" - ");
        assertThat(shown(30, 130)).as("30 Wh in 30 s").contains(" 3600 ");
        assertThat(shown(61, 130)).as("nothing in the last minute").contains(" 0 ");
    }

    @Test
    void settingTheClockMakesNoPowerAndTakesNoneAway() {
        assertThat(shown(0, 100)).contains(" - ");
        for (long hours : new long[] {1, -2, 8_760, -17_520}) {
            clock.stepWall(Duration.ofHours(hours));
            assertThat(shown(10, 110)).doesNotContain(" - ");
        }
        assertThat(shown(10, 150)).as("40 Wh in 40 s").contains(" 3600 ");
    }

    @Test
    void whatDoesNotWorkStandsBelowTheNumbers() {
        assertThat(shown(0, 1))
                .contains("not running")
                .contains("! board: supply: too low; use a stronger one or a shorter cable");
    }
}

package energy.cryptometer.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.firmware.health.BoardHealth;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.hal.board.TimeService;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final LiveTable table = new LiveTable();

    private String shown(int second, long counted) {
        MeterStatus meter =
                new MeterStatus(
                        new AccountId(Hash.sha256(new byte[] {1})),
                        "4711",
                        new PulseConstant(1000),
                        1,
                        new JournalCounts(counted, 0, 0, 0, Optional.empty()),
                        Hash.ZERO,
                        Optional.empty(),
                        NOON.plusSeconds(second));
        return table.text(List.of(meter), board());
    }

    private static BoardHealth board() {
        return new BoardHealth(
                SimulatedClock.startingAt(NOON).read(),
                new TimeService(Optional.of("chrony"), Optional.empty()),
                true,
                List.of());
    }

    @Test
    void thePowerIsThatOfTheLastMinute() {
        assertThat(shown(0, 100)).contains(" - ");
        assertThat(shown(30, 130)).as("30 Wh in 30 s").contains(" 3600 ");
        assertThat(shown(90, 130)).as("nothing in the last minute").contains(" 0 ");
    }

    @Test
    void aClockThatGoesBackGivesNoPower() {
        assertThat(shown(60, 100)).contains(" - ");
        assertThat(shown(10, 110)).contains(" - ");
    }

    @Test
    void whatDoesNotWorkStandsBelowTheNumbers() {
        assertThat(shown(0, 1))
                .contains("not running")
                .contains("! board: supply: too low; use a stronger one or a shorter cable");
    }
}

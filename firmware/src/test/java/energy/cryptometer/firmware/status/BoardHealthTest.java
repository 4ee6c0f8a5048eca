package energy.cryptometer.firmware.status;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.board.TimeService;
import energy.cryptometer.hal.clock.ClockQuality;
import energy.cryptometer.hal.clock.SimulatedClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardHealthTest {
    private static final TimeService NOBODY = new TimeService(Optional.empty(), Optional.empty());
    private static final TimeService CHRONY =
            new TimeService(Optional.of("chrony"), Optional.empty());
    private static final long MEBIBYTE = 1 << 20;

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-11-22T12:00:00Z"));

    private List<String> problems(TimeService time, boolean low, Disk... disks) {
        return new BoardHealth(clock.read(), time, low, List.of(disks)).problems();
    }

    @Test
    void aBoardThatIsWellHasNoProblem() {
        assertThat(
                        problems(
                                CHRONY,
                                false,
                                new Disk(Path.of("/d"), 900 * MEBIBYTE, 1000 * MEBIBYTE)))
                .isEmpty();
    }

    @Test
    void aClockThatNobodyDisciplinesIsSaidWithWhatToInstall() {
        clock.becomes(ClockQuality.INFORMATIVE);
        assertThat(problems(CHRONY, false)).as("chrony may still be at it").isEmpty();
        assertThat(problems(NOBODY, false))
                .containsExactly(
                        "clock: nobody disciplines it; no time service runs: install chrony");
        clock.becomes(ClockQuality.UNKNOWN);
        assertThat(problems(CHRONY, false).getFirst())
                .startsWith("clock: never set since power-on");
    }

    @Test
    void aDiskIsTightBelowATenthAndBelowSixteenMebibytes() {
        Path place = Path.of("/d");
        assertThat(problems(CHRONY, false, new Disk(place, 100 * MEBIBYTE, 1000 * MEBIBYTE)))
                .isEmpty();
        assertThat(problems(CHRONY, false, new Disk(place, 99 * MEBIBYTE, 1000 * MEBIBYTE)))
                .containsExactly(
                        "disk: 99 MiB of 1000 MiB free at /d; when it is full, pulses wait in memory: free or enlarge it");
        assertThat(problems(CHRONY, false, new Disk(place, 15 * MEBIBYTE, 20 * MEBIBYTE)))
                .hasSize(1);
    }

    @Test
    void aDiskThatIsGoneIsNotCalledFull(@TempDir Path folder) {
        Path gone = folder.resolve("gone");
        List<Disk> disks = Disk.of(List.of(gone.resolve("a.db")));
        assertThat(problems(CHRONY, false, disks.toArray(Disk[]::new)))
                .containsExactly("disk: " + gone + " cannot be looked at: is it mounted?");
    }

    @Test
    void filesOnOneDiskAreOneDisk(@TempDir Path folder) {
        assertThat(Disk.of(List.of(folder.resolve("a.db"), folder.resolve("b.db")))).hasSize(1);
    }

    @Test
    void aLowSupplyIsAProblem() {
        assertThat(problems(CHRONY, true))
                .containsExactly("supply: too low; use a stronger one or a shorter cable");
    }
}

package energy.cryptometer.hal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LinuxClockTest implements BoardClockContract {
    private final LinuxClock clock = LinuxClock.ofThisMachine();

    @Override
    public BoardClock clock() {
        return clock;
    }

    @Test
    void bootTimeIsTheUptimeThatTheKernelPrints() throws IOException {
        long before = clock.read().bootNanos();
        String uptime = Files.readString(Path.of("/proc/uptime"));
        long after = clock.read().bootNanos();
        long printedCentis =
                Long.parseLong(uptime.substring(0, uptime.indexOf(' ')).replace(".", ""));
        assertThat(printedCentis).isBetween(before / 10_000_000 - 1, after / 10_000_000 + 1);
    }

    @Test
    void wallTimeIsTheTimeOfTheVirtualMachine() {
        Instant before = Instant.now().minus(Duration.ofMillis(1));
        Instant wall = clock.read().wall();
        assertThat(wall).isBetween(before, Instant.now());
    }
}

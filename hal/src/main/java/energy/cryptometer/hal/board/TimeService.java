package energy.cryptometer.hal.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who sets the clock. The kernel alone decides whether the clock counts as synchronised
/// ([energy.cryptometer.hal.clock.LinuxClock]); this says whom to ask when it is not.
///
/// @param name of the service that runs; empty where none does
/// @param lastSynchronised when it last set the clock, where it says so
public record TimeService(Optional<String> name, Optional<Instant> lastSynchronised) {
    private static final Path RUN = Path.of("/run");

    /// A service, what stands in /run while it runs, and the file it touches at each
    /// synchronisation (systemd-timesyncd(8), section files). Debian lets nobody but chrony into
    /// its folder.
    private record Known(String name, String running, Optional<String> synchronised) {}

    private static final List<Known> KNOWN =
            List.of(
                    new Known("chrony", "chrony", Optional.empty()),
                    new Known("ntpd", "ntpd.pid", Optional.empty()),
                    new Known("openntpd", "openntpd.sock", Optional.empty()),
                    new Known(
                            "systemd-timesyncd",
                            "systemd/timesync",
                            Optional.of("systemd/timesync/synchronized")));

    public static TimeService ofThisBoard() {
        return in(RUN);
    }

    static TimeService in(Path run) {
        return KNOWN.stream()
                .filter(known -> Files.exists(run.resolve(known.running())))
                .findFirst()
                .map(known ->
                        new TimeService(
                                Optional.of(known.name()),
                                known.synchronised().flatMap(file -> touched(run.resolve(file)))))
                .orElse(new TimeService(Optional.empty(), Optional.empty()));
    }

    private static Optional<Instant> touched(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException _) {
            return Optional.empty(); // not synchronised since it started
        }
    }

    /// One line for a person.
    public String line() {
        if (name.isEmpty()) {
            return "no time service runs: install chrony";
        }
        return name.get() + lastSynchronised.map(at -> ", last set the clock at " + at).orElse("");
    }
}

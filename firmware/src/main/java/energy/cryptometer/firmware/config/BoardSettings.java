package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What belongs to the board and not to a meter, in `board.toml`:
///
/// ```toml
/// [status]
/// folder = "/run/cryptometer"              # spares the card: a status is written every second
///
/// [metrics]
/// file = "/run/cryptometer/metrics.prom"   # Prometheus text, every 10 s
/// ```
///
/// and `[led]` and `[tamper]`, see [FrontPanelSettings].
///
/// @param status where the program says how it is; without it, beside each journal
/// @param metrics where metrics are written
/// @param panel the status LED and the tamper switch
public record BoardSettings(
        Optional<Path> status, Optional<Path> metrics, FrontPanelSettings panel) {
    /// Of a board's folder: a file for each meter.
    static final String METERS = "meters";

    /// A board without a file of its own.
    public static final BoardSettings NONE =
            new BoardSettings(Optional.empty(), Optional.empty(), FrontPanelSettings.NONE);

    /// The settings of a board's folder; [#NONE] where it has no `board.toml`.
    ///
    /// @throws energy.cryptometer.command.CommandFailure CONFIG with every problem, one a line
    static BoardSettings readIn(Path folder) {
        Path file = folder.resolve("board.toml");
        if (!Files.exists(file)) {
            return NONE;
        }
        Configuration configuration = Configuration.read(file);
        Optional<Path> status =
                configuration.optionalSection("status").map(section -> section.path("folder"));
        Optional<Path> metrics =
                configuration.optionalSection("metrics").map(section -> section.path("file"));
        FrontPanelSettings panel = FrontPanelSettings.read(configuration);
        configuration.orFail();
        return new BoardSettings(status, metrics, panel);
    }

    /// Of the board that has this meter's file in its folder, as far as they concern one meter
    /// alone: where its status stands. [#NONE] where the file stands in no board's folder.
    ///
    /// @throws energy.cryptometer.command.CommandFailure CONFIG with every problem, one a line
    static BoardSettings around(Path meterFile) {
        Path meters = meterFile.toAbsolutePath().normalize().getParent();
        if (meters == null || !meters.endsWith(METERS) || !Files.exists(meterFile)) {
            return NONE;
        }
        return new BoardSettings(
                readIn(meters.resolveSibling("")).status(),
                Optional.empty(),
                FrontPanelSettings.NONE);
    }

    /// Where the status of the meter with this journal stands: a file that may be lost.
    public Path statusFile(Path journal) {
        String name = journal.getFileName() + ".status.json";
        return status.map(folder -> folder.resolve(name))
                .orElseGet(() -> journal.resolveSibling(name));
    }
}

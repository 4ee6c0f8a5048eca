package energy.cryptometer.firmware.config;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one board is told. It is either one meter's file, or a folder:
///
/// ```
/// /etc/cryptometer/board.toml        what belongs to the board, see BoardSettings; may be missing
/// /etc/cryptometer/meters/*.toml     a file per meter, see FirmwareConfig; 1 to 4
/// ```
///
/// @param meters in the order of their files' names
public record BoardConfig(BoardSettings settings, List<FirmwareConfig> meters) {
    /// Inputs of a board, and journals that share its disk.
    public static final int MAX_METERS = 4;

    public BoardConfig {
        meters = List.copyOf(meters);
    }

    /// Reads a meter's file, or a board's folder. A file in a board's folder is a meter of that
    /// board: its status stands where the board's program writes it.
    ///
    /// @throws CommandFailure CONFIG with every problem of every file, one a line
    public static BoardConfig read(Path fileOrFolder) {
        return Files.isDirectory(fileOrFolder)
                ? ofFolder(fileOrFolder)
                : new BoardConfig(
                        BoardSettings.around(fileOrFolder),
                        List.of(FirmwareConfig.read(fileOrFolder)));
    }

    private static BoardConfig ofFolder(Path folder) {
        List<String> problems = new ArrayList<>();
        List<FirmwareConfig> meters = new ArrayList<>();
        BoardSettings settings = BoardSettings.NONE;
        try {
            settings = BoardSettings.readIn(folder);
        } catch (CommandFailure refused) {
            problems.add(refused.text());
        }
        List<Path> files = meterFiles(folder.resolve(BoardSettings.METERS));
        for (Path file : files) {
            try {
                meters.add(FirmwareConfig.read(file));
            } catch (CommandFailure refused) {
                problems.add(refused.text());
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(conflicts(files, meters));
        }
        if (!problems.isEmpty()) {
            throw refused(String.join(System.lineSeparator(), problems));
        }
        return new BoardConfig(settings, meters);
    }

    private static List<Path> meterFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.toml")) {
            for (Path file : found) {
                files.add(file);
                if (files.size() > MAX_METERS) {
                    throw refused(
                            "folder %s has more than %d meters, the most one board takes: move the others away"
                                    .formatted(folder, MAX_METERS));
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "folder %s cannot be read: make it, with a file for each meter"
                            .formatted(folder),
                    e);
        }
        if (files.isEmpty()) {
            throw refused(
                    "folder %s has no file *.toml: put one there for each meter".formatted(folder));
        }
        files.sort(null);
        return files;
    }

    /// Two meters never share what only one can have.
    private static List<String> conflicts(List<Path> files, List<FirmwareConfig> meters) {
        List<String> conflicts = new ArrayList<>();
        Map<String, Path> taken = new HashMap<>();
        for (int i = 0; i < meters.size(); i++) {
            FirmwareConfig meter = meters.get(i);
            List<String> own = new ArrayList<>();
            own.add("journal " + meter.journal().toAbsolutePath().normalize());
            meter.meter().ifPresent(entry -> own.add("meter " + entry.serial()));
            meter.source().device().ifPresent(own::add);
            for (String thing : own) {
                Path other = taken.putIfAbsent(thing, files.get(i));
                if (other != null) {
                    conflicts.add("%s: %s is used by %s too".formatted(files.get(i), thing, other));
                }
            }
        }
        return conflicts;
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.CONFIG, why);
    }
}

package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.lightclient.sync.HeaderStore;
import energy.cryptometer.lightclient.sync.MemoryHeaderStore;
import energy.cryptometer.lightclient.sync.SqliteHeaderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where trusted headers are kept.
final class StoreOptions {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = {
                "Where trusted headers are kept.",
                "Preset: one file per community in $XDG_STATE_HOME/cryptometer."
            })
    private @Nullable Path store;

    /// Opens the file as its owner, or makes it.
    HeaderStore open(Community community) {
        Path file = file(community);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (store == null && folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException problem) {
            throw CommandFailure.of("cannot create the folder of " + file, problem);
        }
        return SqliteHeaderStore.open(file, community);
    }

    /// Opens the file for a look; a file that is not there holds nothing.
    HeaderStore look(Community community) {
        Path file = file(community);
        return Files.exists(file)
                ? SqliteHeaderStore.openReadOnly(file, community)
                : new MemoryHeaderStore();
    }

    private Path file(Community community) {
        return store == null ? preset(System.getenv(), community) : store;
    }

    static Path preset(Map<String, String> environment, Community community) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder =
                Path.of(state).isAbsolute()
                        ? Path.of(state)
                        : Path.of(environment.getOrDefault("HOME", "."), ".local", "state");
        return folder.resolve("cryptometer")
                .resolve("headers-" + community.toString().substring(0, 16) + ".db");
    }
}

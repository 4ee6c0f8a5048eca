package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.provisioning.key.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder of a new community. It is built beside its place and moved there when it is whole: a
/// failure in the middle leaves nothing behind.
final class CommunityFolder implements AutoCloseable {
    private final Path place;
    private final Path building;
    private boolean moved;

    private CommunityFolder(Path place, Path building) {
        this.place = place;
        this.building = building;
    }

    /// Begins a folder.
    ///
    /// @throws CommandFailure CANT_CREATE if something stands at its place
    static CommunityFolder begin(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        requireFree(absolute);
        Path parent = absolute.getParent();
        if (parent == null) {
            throw occupied(absolute);
        }
        PrivateFiles.folder(parent);
        try {
            return new CommunityFolder(absolute, Files.createTempDirectory(parent, ".provision-"));
        } catch (IOException problem) {
            throw CommandFailure.of("cannot write into " + parent, problem);
        }
    }

    private static void requireFree(Path place) {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw occupied(place);
        }
        try (Stream<Path> content = Files.list(place)) {
            if (content.findAny().isPresent()) {
                throw occupied(place);
            }
        } catch (IOException problem) {
            throw CommandFailure.of("cannot look into " + place, problem);
        }
    }

    private static CommandFailure occupied(Path place) {
        return new CommandFailure(
                ExitCode.CANT_CREATE,
                "%s exists and is not an empty folder; keys are never overwritten: choose another"
                        .formatted(place));
    }

    /// Where to write until [#finish].
    Path path() {
        return building;
    }

    /// Moves everything to its place in one step.
    Path finish() {
        try {
            Files.move(building, place, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            return place;
        } catch (DirectoryNotEmptyException _) {
            throw occupied(place);
        } catch (IOException problem) {
            throw CommandFailure.of("cannot move the community to " + place, problem);
        }
    }

    /// Removes what was not finished.
    @Override
    public void close() {
        if (moved) {
            return;
        }
        try (Stream<Path> written = Files.walk(building)) {
            List<Path> deepestFirst = written.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException problem) {
            throw new CommandFailure(
                    ExitCode.IO,
                    "%s could not be removed: it may hold keys, delete it".formatted(building),
                    problem);
        }
    }
}

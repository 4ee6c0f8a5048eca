package energy.cryptometer.provisioning.key;

import energy.cryptometer.command.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes new files and folders that nobody but their owner may read: mode 0600 and 0700 from their
/// first moment. What exists is never overwritten.
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");

    private PrivateFiles() {}

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /// Makes the folder and those above it; one that exists keeps its permissions.
    ///
    /// @throws CommandFailure if it cannot be made
    public static Path folder(Path path) {
        try {
            return Files.createDirectories(path, FOLDER);
        } catch (IOException problem) {
            throw CommandFailure.of("cannot make folder " + path, problem);
        }
    }

    /// Writes a new file and waits until it is on the disk.
    ///
    /// @throws CommandFailure if it exists or cannot be written
    public static Path file(Path path, byte[] content) {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(path, options, FILE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                int _ = channel.write(left);
            }
            channel.force(true);
            return path;
        } catch (IOException problem) {
            throw CommandFailure.of("cannot write " + path, problem);
        }
    }

    /// Writes a new file of UTF-8 text, see [#file(Path, byte\[\])].
    public static Path file(Path path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }
}

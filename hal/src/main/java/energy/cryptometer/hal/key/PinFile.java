package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A PIN in a file. One line end at the end of the file is not part of the PIN.
record PinFile(Path path, Readers readers) implements PinSource {
    /// Who may be able to read the file.
    enum Readers {
        OWNER_ONLY,
        /// systemd hands a credential to a service user through an access list, which shows as a
        /// permission of the group; others still may not read it.
        SERVICE_ONLY;

        private Set<PosixFilePermission> refused() {
            Set<PosixFilePermission> refused =
                    EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
            if (this == OWNER_ONLY) {
                refused.add(PosixFilePermission.GROUP_READ);
                refused.add(PosixFilePermission.GROUP_WRITE);
            }
            return refused;
        }
    }

    @Override
    public Pin read() {
        try {
            checkPermissions();
            byte[] content;
            try (InputStream in = Files.newInputStream(path)) {
                content = in.readNBytes(Pin.MAX_LENGTH + 2);
            }
            int length = content.length;
            if (length > 0 && content[length - 1] == '\n') {
                length--;
            }
            byte[] pin = Arrays.copyOf(content, length);
            try {
                return Pin.of(pin, path.toString());
            } finally {
                Arrays.fill(content, (byte) 0);
                Arrays.fill(pin, (byte) 0);
            }
        } catch (NoSuchFileException missing) {
            throw unavailable("does not exist: create it with mode 0400", missing);
        } catch (IOException problem) {
            throw unavailable("cannot be read (" + problem.getMessage() + ")", problem);
        }
    }

    private void checkPermissions() throws IOException {
        Set<PosixFilePermission> open = readers.refused();
        open.retainAll(Files.getPosixFilePermissions(path));
        if (!open.isEmpty()) {
            throw unavailable(
                    "is open to more than its owner " + open + ": chmod 0400 " + path,
                    new SecurityException("PIN file permissions"));
        }
    }

    private KeyException unavailable(String why, Exception cause) {
        return new KeyException(PIN_UNAVAILABLE, "PIN file " + path + " " + why + ".", cause);
    }
}

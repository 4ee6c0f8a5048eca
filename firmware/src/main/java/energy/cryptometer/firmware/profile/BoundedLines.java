package energy.cryptometer.firmware.profile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Lines of a text file that nobody has checked yet: UTF-8, and none longer than 4 KiB.
final class BoundedLines implements AutoCloseable {
    static final int MAX_BYTES = 4096;

    private final Path file;
    private final MessageDigest digest;
    private final InputStream in;
    private final byte[] buffer = new byte[MAX_BYTES];
    private int number;

    private BoundedLines(Path file, InputStream in, MessageDigest digest) {
        this.file = file;
        this.digest = digest;
        this.in = new BufferedInputStream(new DigestInputStream(in, digest), 1 << 16);
    }

    static BoundedLines open(Path file) throws IOException {
        try {
            return new BoundedLines(
                    file, Files.newInputStream(file), MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The next line without its end; empty at the end of the file.
    Optional<String> next() throws IOException {
        int length = 0;
        number++;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 && length == 0) {
                return Optional.empty();
            }
            if (octet < 0) {
                break;
            }
            if (length == MAX_BYTES) {
                throw refused("line is longer than %d bytes".formatted(MAX_BYTES));
            }
            buffer[length++] = (byte) octet;
        }
        if (length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        return Optional.of(decoded(length));
    }

    private String decoded(int length) {
        try {
            String line =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(buffer, 0, length))
                            .toString();
            return number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
        } catch (CharacterCodingException e) {
            throw new ProfileException("%s:%d: line is not UTF-8".formatted(file, number), e);
        }
    }

    ProfileException refused(String why) {
        return new ProfileException("%s:%d: %s".formatted(file, number, why));
    }

    /// SHA-256 of what was read, once the whole file was.
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

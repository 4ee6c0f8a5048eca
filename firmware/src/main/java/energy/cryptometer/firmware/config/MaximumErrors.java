package energy.cryptometer.firmware.config;

import energy.cryptometer.ledger.community.MidClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How much a meter of a class may err by law, from the table `maximum-errors.txt`.
final class MaximumErrors {
    private static final String TABLE = "maximum-errors.txt";
    private static final int LARGEST = 4096;

    private MaximumErrors() {}

    /// In per mille of the energy.
    ///
    /// @throws IllegalStateException if the table has no line for that edition and class
    static int perMille(String edition, MidClass midClass) {
        String begin = edition + " " + midClass + " ";
        return lines().stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> Integer.parseInt(line.substring(begin.length()).strip()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "%s has no line '%s'; install the program again"
                                        .formatted(TABLE, begin)));
    }

    private static List<String> lines() {
        try (InputStream in = MaximumErrors.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing from the program");
            }
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLE, e);
        }
    }
}

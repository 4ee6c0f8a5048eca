package energy.cryptometer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `openssl speed` says about ECDSA P-256 on this machine, one core, in operations per second.
record OpensslSpeed(double signsPerSecond, double verifiesPerSecond) {
    /// The machine-readable line of `-mr`: index, bits, signatures and verifications per second.
    private static final Pattern LINE =
            Pattern.compile("^\\+F\\d+:\\d+:256:([0-9.]+):([0-9.]+)$", Pattern.MULTILINE);

    /// Measures for `seconds` each; empty when there is no openssl or it says something else.
    static Optional<OpensslSpeed> measure(int seconds) throws IOException, InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    "openssl",
                                    "speed",
                                    "-mr",
                                    "-seconds",
                                    "" + seconds,
                                    "ecdsap256")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            System.err.println("no comparison with openssl: " + e.getMessage());
            return Optional.empty();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return parse(output);
    }

    static Optional<OpensslSpeed> parse(String output) {
        Matcher matcher = LINE.matcher(output);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new OpensslSpeed(
                        Double.parseDouble(matcher.group(1)),
                        Double.parseDouble(matcher.group(2))));
    }
}

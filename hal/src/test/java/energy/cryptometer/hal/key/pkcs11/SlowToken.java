package energy.cryptometer.hal.key.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/// SoftHSM behind our own module for tests, `src/test/c/slow_token.c`: each signature takes a time,
/// and some fail or hang. Compiled anew, so that each test may have its own.
public final class SlowToken {
    /// Beside every module of the build.
    private static final Path SOURCE = Path.of("../hal/src/test/c/slow_token.c");

    private final Path folder;

    private SlowToken(Path folder) {
        this.folder = folder;
    }

    /// A token `meter` whose signatures take at least so long, for this process.
    public static SlowToken in(Path folder, Duration each)
            throws IOException, InterruptedException {
        var token = new SlowToken(folder);
        SoftHsm _ = SoftHsm.in(folder).initToken("meter");
        Files.createDirectories(token.faults());
        NativeEnvironment.set("SLOW_TOKEN_MODULE", SoftHsm.module().toString());
        NativeEnvironment.set("SLOW_TOKEN_MILLIS", Long.toString(each.toMillis()));
        NativeEnvironment.set("SLOW_TOKEN_FAULTS", token.faults().toString());
        Process compiler =
                new ProcessBuilder(
                                "cc",
                                "-shared",
                                "-fPIC",
                                "-o",
                                token.module().toString(),
                                SOURCE.toString(),
                                "-ldl")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        if (compiler.waitFor() != 0) {
            throw new AssertionError("cc: " + output);
        }
        return token;
    }

    public Pkcs11Uri uri(String path) {
        return Pkcs11Uri.parse("pkcs11:" + path + "?module-path=" + module());
    }

    /// The next signature is answered with CKR_DEVICE_REMOVED.
    public void failOnce() throws IOException {
        failOnce(0x32);
    }

    /// The next signature is answered with this code of PKCS#11.
    void failOnce(long code) throws IOException {
        happens("fail", code);
    }

    /// The next login is answered with this code of PKCS#11 and reaches no token.
    public void refuseLoginOnce(long code) throws IOException {
        happens("login", code);
    }

    /// One bit of the next signature is another.
    void garbleOnce() throws IOException {
        Files.createFile(faults().resolve("garble"));
    }

    /// The next signature lacks its last byte.
    void cutOnce() throws IOException {
        Files.createFile(faults().resolve("cut"));
    }

    /// From now on the module says at each start that somebody else has started it.
    void takenByOthers() throws IOException {
        Files.createFile(faults().resolve("taken"));
    }

    /// A fault is there as a whole or not at all.
    private void happens(String fault, long code) throws IOException {
        Path written = folder.resolve(fault + ".new");
        Files.writeString(written, Long.toHexString(code));
        Files.move(written, faults().resolve(fault), StandardCopyOption.ATOMIC_MOVE);
    }

    /// No signature returns until [#release].
    public void hang() throws IOException {
        Files.createFile(faults().resolve("hang"));
    }

    public void release() throws IOException {
        Files.delete(faults().resolve("hang"));
    }

    private Path module() {
        return folder.resolve("slow_token.so");
    }

    private Path faults() {
        return folder.resolve("faults");
    }
}

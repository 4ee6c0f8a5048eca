package energy.cryptometer.provisioning.key;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;

/// A folder with a new trial key, `key.p12`, and the random PIN that opens it, `pin`.
public final class TrialKeyFolder {
    /// The name of the key file.
    public static final String KEY_FILE = "key.p12";

    /// The name of the PIN file.
    public static final String PIN_FILE = "pin";

    /// 32 characters of 64 kinds are 192 bits.
    private static final int PIN_LENGTH = 32;

    private static final String PIN_LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private TrialKeyFolder() {}

    /// Makes key and PIN in the folder, which is made too if need be, and opens the key; the caller
    /// closes it.
    ///
    /// @throws CommandFailure if the folder holds a key or a PIN already, or cannot be written
    public static KeySigner create(Path folder, SecureRandom random) {
        PrivateFiles.folder(folder);
        Path key = folder.resolve(KEY_FILE);
        Path pin = folder.resolve(PIN_FILE);
        requireNew(key);
        requireNew(pin);
        PrivateFiles.file(pin, pin(random));
        return new KeySigner(Pkcs12Key.create(key, PinSource.file(pin)));
    }

    private static void requireNew(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    ExitCode.CANT_CREATE,
                    "%s exists already and keys are never overwritten: choose another folder"
                            .formatted(file));
        }
    }

    private static byte[] pin(SecureRandom random) {
        byte[] pin = new byte[PIN_LENGTH + 1];
        for (int i = 0; i < PIN_LENGTH; i++) {
            pin[i] = (byte) PIN_LETTERS.charAt(random.nextInt(PIN_LETTERS.length()));
        }
        pin[PIN_LENGTH] = '\n';
        return pin;
    }
}

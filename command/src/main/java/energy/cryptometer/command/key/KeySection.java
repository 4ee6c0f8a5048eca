package energy.cryptometer.command.key;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.Pkcs12Key;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a program finds its key, as a configuration says it:
///
/// ```toml
/// [key]
/// pkcs11 = "pkcs11:token=meter;object=meter-key?module-name=softhsm2"  # a token, or
/// trial_key = "key.p12"                                                # a file, for trials
/// pin_file = "pin"                                                     # mode 0400, or
/// pin_credential = "meter-pin"                                         # LoadCredential= of systemd
/// ```
///
/// A token's PIN may also be named by `pin-source` in the URI. [#read] states what is wrong as
/// problems of the configuration; [#open] comes after [Configuration#orFail].
///
/// [Configuration#orFail]: energy.cryptometer.command.configuration.Configuration#orFail
public final class KeySection {
    private final KeyKind kind;
    private final Supplier<SigningKey> opening;

    private KeySection(KeyKind kind, Supplier<SigningKey> opening) {
        this.kind = kind;
        this.opening = opening;
    }

    /// What kind of key the section names; known without opening it.
    public KeyKind kind() {
        return kind;
    }

    /// Reads the keys `pkcs11`, `trial_key`, `pin_file` and `pin_credential` of the section.
    public static KeySection read(Section section) {
        Optional<Pkcs11Uri> token = token(section);
        Optional<Path> file = section.optionalPath("trial_key");
        Optional<PinSource> pin = pin(section);
        if (section.has("pkcs11") == section.has("trial_key")) {
            section.refuse(
                    section.has("pkcs11") ? "trial_key" : "pkcs11",
                    section.has("pkcs11")
                            ? "stands beside 'pkcs11': keep one of them"
                            : "is missing, and so is 'trial_key': one of them names the key");
        }
        boolean named = token.flatMap(Pkcs11Uri::pinSource).isPresent();
        if (pin.isEmpty() && !named && section.isSound("pin_credential")) {
            section.refuse(
                    "pin_file",
                    "is missing, and so is 'pin_credential': one of them names the PIN");
        }
        return new KeySection(
                section.has("pkcs11") ? KeyKind.HARDWARE_TOKEN : KeyKind.TRIAL,
                () -> opened(token, file, pin));
    }

    private static Optional<Pkcs11Uri> token(Section section) {
        return section.optionalText("pkcs11")
                .flatMap(text -> {
                    try {
                        return Optional.of(Pkcs11Uri.parse(text));
                    } catch (KeyException refusal) {
                        section.refuse("pkcs11", "is refused: " + refusal.getMessage());
                        return Optional.empty();
                    }
                });
    }

    private static Optional<PinSource> pin(Section section) {
        Optional<PinSource> file = section.optionalPath("pin_file").map(PinSource::file);
        if (file.isPresent() && section.has("pin_credential")) {
            section.refuse("pin_credential", "stands beside 'pin_file': keep one of them");
        }
        return file.or(() -> credential(section));
    }

    private static Optional<PinSource> credential(Section section) {
        return section.optionalText("pin_credential")
                .flatMap(name -> {
                    String source = "systemd-credential:" + name;
                    try {
                        return Optional.of(PinSource.parse(source));
                    } catch (KeyException refusal) {
                        // Outside the service the configuration is read too, for its status:
                        // only opening the key needs the PIN.
                        if (refusal.reason() == KeyException.Reason.PIN_UNAVAILABLE) {
                            return Optional.of(() -> PinSource.parse(source).read());
                        }
                        section.refuse("pin_credential", "is refused: " + refusal.getMessage());
                        return Optional.empty();
                    }
                });
    }

    private static SigningKey opened(
            Optional<Pkcs11Uri> token, Optional<Path> file, Optional<PinSource> pin) {
        if (token.isPresent()) {
            return pin.isPresent()
                    ? Pkcs11Key.open(token.get(), pin.get())
                    : Pkcs11Key.open(token.get());
        }
        return Pkcs12Key.open(file.orElseThrow(), pin.orElseThrow());
    }

    /// Opens the key; the caller closes it.
    ///
    /// @throws KeyException if the token, the file or the PIN refuses
    public SigningKey open() {
        return opening.get();
    }

    /// Opens the key as a signer of the ledger; the caller closes it.
    ///
    /// @throws KeyException if the token, the file or the PIN refuses
    public KeySigner signer() {
        return new KeySigner(open());
    }
}

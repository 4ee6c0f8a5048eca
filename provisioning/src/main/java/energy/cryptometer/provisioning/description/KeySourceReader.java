package energy.cryptometer.provisioning.description;

import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.PinSource;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Uri;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Reads where a member's key comes from: `public_key`, or `pkcs11` with `pin_file`, or neither for
/// a trial key.
final class KeySourceReader {
    private static final int HEX_DIGITS = 66;

    private final UniqueValues keys = new UniqueValues("key");

    /// A member whose key may be known elsewhere, in a token here, or a new trial key.
    KeySource any(Section section) {
        boolean token = section.has("pkcs11");
        if (section.has("public_key") && token) {
            section.refuse("public_key", "stands beside 'pkcs11': keep one of them");
        }
        return token ? token(section) : publicKey(section);
    }

    /// A member whose key is known elsewhere or a new trial key.
    KeySource publicKey(Section section) {
        Optional<String> hex = section.optionalText("public_key");
        if (hex.isEmpty()) {
            return new KeySource.Trial();
        }
        if (!hex.get().matches("0[23][0-9a-fA-F]{" + (HEX_DIGITS - 2) + "}")) {
            section.refuse(
                    "public_key",
                    "has %d characters, expected %d hexadecimal digits that start with 02 or 03"
                            .formatted(hex.get().length(), HEX_DIGITS));
            return new KeySource.Trial();
        }
        try {
            PublicKey key = PublicKey.of(HexFormat.of().parseHex(hex.get()));
            keys.add(section, "public_key", key);
            return new KeySource.Enrolled(key);
        } catch (MalformedException refusal) {
            section.refuse("public_key", "is refused: " + refusal.getMessage());
            return new KeySource.Trial();
        }
    }

    /// A member whose key lives in a token here, or is a new trial key.
    KeySource tokenOrTrial(Section section) {
        return section.has("pkcs11") ? token(section) : new KeySource.Trial();
    }

    private KeySource token(Section section) {
        Optional<Path> file = section.optionalPath("pin_file");
        String text = section.text("pkcs11");
        if (!section.isSound("pkcs11")) {
            return new KeySource.Trial();
        }
        try {
            Pkcs11Uri uri = Pkcs11Uri.parse(text);
            keys.add(section, "pkcs11", uri);
            Optional<PinSource> pin =
                    file.map(PinSource::file).or(() -> uri.pinSource().map(PinSource::parse));
            if (uri.object().isEmpty()) {
                section.refuse("pkcs11", "names no object: add object=LABEL");
            } else if (pin.isPresent()) {
                return new KeySource.Token(uri, pin.get(), file);
            } else {
                section.refuse("pin_file", "is missing: it names the PIN of the token");
            }
        } catch (KeyException refusal) {
            section.refuse("pkcs11", "is refused: " + refusal.getMessage());
        }
        return new KeySource.Trial();
    }
}

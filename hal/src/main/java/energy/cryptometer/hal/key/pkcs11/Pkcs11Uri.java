package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.BAD_URI;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.SanitizedText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The name of a key in a token as RFC 7512 writes it, for instance
/// `pkcs11:token=meter;object=meter-key?module-path=/usr/lib/softhsm/libsofthsm2.so`.
///
/// Stricter than the RFC where a configuration is better refused than half understood: unknown
/// attributes, empty values, and `pin-value` are errors, in the query as well as in the path.
public final class Pkcs11Uri {
    /// Longest URI in characters.
    public static final int MAX_LENGTH = 2_048;

    private final Map<UriAttribute, byte[]> values;

    Pkcs11Uri(Map<UriAttribute, byte[]> values) {
        this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /// Reads a URI.
    ///
    /// @throws KeyException BAD_URI, naming the attribute and what is wrong with it
    public static Pkcs11Uri parse(String text) {
        return UriParser.parse(text);
    }

    /// The label of the token (CKA label field, at most 32 bytes).
    public Optional<String> token() {
        return text(UriAttribute.TOKEN);
    }

    public Optional<String> serial() {
        return text(UriAttribute.SERIAL);
    }

    public Optional<String> manufacturer() {
        return text(UriAttribute.MANUFACTURER);
    }

    public Optional<String> model() {
        return text(UriAttribute.MODEL);
    }

    /// The label of the key (CKA_LABEL).
    public Optional<String> object() {
        return text(UriAttribute.OBJECT);
    }

    /// The id of the key (CKA_ID); a fresh copy.
    public Optional<byte[]> id() {
        return Optional.ofNullable(values.get(UriAttribute.ID)).map(byte[]::clone);
    }

    public Optional<String> type() {
        return text(UriAttribute.TYPE);
    }

    /// The number of the slot. Slot numbers change; the label of the token does not.
    public OptionalLong slotId() {
        return text(UriAttribute.SLOT_ID)
                .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                .orElse(OptionalLong.empty());
    }

    /// The absolute path of the module.
    public Optional<Path> modulePath() {
        return text(UriAttribute.MODULE_PATH).map(Path::of);
    }

    /// The name of the module without `lib` and `.so`, looked up in the usual folders.
    public Optional<String> moduleName() {
        return text(UriAttribute.MODULE_NAME);
    }

    /// Where the PIN is read from, for [energy.cryptometer.hal.key.PinSource#parse].
    public Optional<String> pinSource() {
        return text(UriAttribute.PIN_SOURCE);
    }

    /// The same URI with another key label or id: what names a freshly made key.
    Pkcs11Uri withObject(String label, byte[] id) {
        Map<UriAttribute, byte[]> changed = new EnumMap<>(UriAttribute.class);
        changed.putAll(values);
        changed.put(UriAttribute.OBJECT, UriAttribute.OBJECT.checked(UriEncoding.utf8(label)));
        changed.put(UriAttribute.ID, UriAttribute.ID.checked(id.clone()));
        return new Pkcs11Uri(changed);
    }

    private Optional<String> text(UriAttribute attribute) {
        return Optional.ofNullable(values.get(attribute)).map(UriEncoding::text);
    }

    /// Label and id of the key for a message; `none` where the URI leaves both open.
    String keyName() {
        var name = new StringBuilder();
        object().ifPresent(label -> name.append('\'').append(SanitizedText.of(label)).append('\''));
        id().ifPresent(id -> {
            if (!name.isEmpty()) {
                name.append(' ');
            }
            name.append("id ").append(HexFormat.of().formatHex(id));
        });
        return name.isEmpty() ? "none" : name.toString();
    }

    /// The attributes that choose a token, for a message.
    String tokenName() {
        var name = new StringBuilder();
        for (UriAttribute attribute : UriAttribute.OF_TOKEN) {
            text(attribute)
                    .ifPresent(value -> {
                        if (!name.isEmpty()) {
                            name.append(", ");
                        }
                        name.append(attribute.key()).append(" '");
                        name.append(SanitizedText.of(value)).append('\'');
                    });
        }
        return name.isEmpty() ? "any" : name.toString();
    }

    static KeyException refused(String what) {
        return new KeyException(BAD_URI, "PKCS#11 URI refused: " + what + ".");
    }

    /// The canonical form: attributes in a fixed order, id wholly percent-encoded.
    @Override
    public String toString() {
        var path = new StringBuilder(UriParser.SCHEME);
        var query = new StringBuilder();
        for (Map.Entry<UriAttribute, byte[]> entry : values.entrySet()) {
            UriAttribute attribute = entry.getKey();
            StringBuilder part = attribute.inQuery() ? query : path;
            if (attribute.inQuery()) {
                part.append(query.isEmpty() ? '?' : '&');
            } else if (path.length() > UriParser.SCHEME.length()) {
                part.append(';');
            }
            part.append(attribute.key()).append('=');
            part.append(UriEncoding.encode(entry.getValue(), attribute));
        }
        return path.append(query).toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pkcs11Uri uri && toString().equals(uri.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

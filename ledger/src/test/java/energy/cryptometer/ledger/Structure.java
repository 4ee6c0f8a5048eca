package energy.cryptometer.ledger;

import com.authlete.cbor.CBORDecoder;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An encoded item as two other libraries understand it: numbers as `Long`, byte strings as
/// hexadecimal in angle brackets, text, booleans, `null`, and lists of these.
public final class Structure {
    private Structure() {}

    /// As upokecenter's library reads it.
    public static @Nullable Object upokecenter(byte[] encoded) {
        return plain(CBORObject.DecodeFromBytes(encoded));
    }

    /// As authlete's library reads it.
    public static @Nullable Object authlete(byte[] encoded) {
        try {
            return plain(new CBORDecoder(encoded).next().parse());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// How byte strings stand in the result.
    public static String bytes(byte[] bytes) {
        return "<" + HexFormat.of().formatHex(bytes) + ">";
    }

    private static @Nullable Object plain(CBORObject object) {
        if (object.isNull()) {
            return null;
        }
        return switch (object.getType()) {
            case Integer -> object.AsInt64Value();
            case ByteString -> bytes(object.GetByteString());
            case TextString -> object.AsString();
            case Boolean -> object.AsBoolean();
            case Array -> {
                List<@Nullable Object> list = new ArrayList<>();
                object.getValues().forEach(value -> list.add(plain(value)));
                yield list;
            }
            default -> throw new AssertionError("unexpected " + CBORType.class + " " + object);
        };
    }

    private static @Nullable Object plain(@Nullable Object parsed) {
        return switch (parsed) {
            case null -> null;
            case Integer number -> number.longValue();
            case byte[] bytes -> bytes(bytes);
            case List<?> items -> {
                List<@Nullable Object> list = new ArrayList<>();
                items.forEach(item -> list.add(plain(item)));
                yield list;
            }
            default -> parsed;
        };
    }
}

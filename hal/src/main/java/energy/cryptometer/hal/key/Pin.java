package energy.cryptometer.hal.key;

import static energy.cryptometer.hal.key.KeyException.Reason.PIN_UNAVAILABLE;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A PIN or password of 1 to 64 bytes of UTF-8 without control characters. It never shows itself;
/// closing wipes it, so it lives no longer than one login.
public final class Pin implements AutoCloseable {
    /// Longest PIN in bytes.
    public static final int MAX_LENGTH = 64;

    private final byte[] utf8;

    private Pin(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// Copies the PIN; the caller wipes its own array. `origin` says where it came from, for
    /// messages.
    ///
    /// @throws KeyException PIN_UNAVAILABLE if it is empty, too long, not UTF-8, or holds a control
    ///   character (a line end in the middle, a carriage return)
    public static Pin of(byte[] utf8, String origin) {
        if (utf8.length == 0) {
            throw refused(origin, "is empty: write the PIN into it");
        }
        if (utf8.length > MAX_LENGTH) {
            throw refused(origin, "is longer than " + MAX_LENGTH + " bytes: it is not a PIN");
        }
        var pin = new Pin(utf8.clone());
        try {
            char[] chars = pin.chars();
            boolean control = false;
            for (char c : chars) {
                control |= Character.isISOControl(c);
            }
            Arrays.fill(chars, '\0');
            if (control) {
                throw refused(origin, "holds a control character: one line, ended by \\n, no \\r");
            }
            return pin;
        } catch (KeyException refusal) {
            pin.close();
            throw refusal;
        }
    }

    /// A fresh copy for the one who logs in, who wipes it.
    public byte[] bytes() {
        return utf8.clone();
    }

    /// A fresh copy as characters for the one who logs in, who wipes it.
    public char[] chars() {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            char[] chars = new char[decoded.remaining()];
            decoded.get(chars);
            Arrays.fill(decoded.array(), '\0');
            return chars;
        } catch (CharacterCodingException _) {
            throw new KeyException(PIN_UNAVAILABLE, "The PIN is not UTF-8: save it as UTF-8.");
        }
    }

    @Override
    public void close() {
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public String toString() {
        return "Pin[hidden]";
    }

    private static KeyException refused(String origin, String why) {
        return new KeyException(PIN_UNAVAILABLE, "The PIN from " + origin + " " + why + ".");
    }
}

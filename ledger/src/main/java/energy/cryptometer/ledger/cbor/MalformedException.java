package energy.cryptometer.ledger.cbor;

import java.io.Serial;

/// Bytes from outside are not what the format asks for. The sender is wrong, not we: refuse the
/// whole message, tell the sender, and keep nothing of it.
public class MalformedException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    /// A refusal that names the place.
    ///
    /// @param what the field that was being read
    /// @param found the value or type that stood there
    /// @param expected the limit or the type that would have been accepted
    /// @param offset position of the refused item, in bytes from the start of the input
    public MalformedException(String what, String found, String expected, long offset) {
        super(what + ": found " + found + ", expected " + expected + " (at byte " + offset + ")");
    }
}

package energy.cryptometer.hal.pi4j;

/// Pi4J cannot give a line. The message is one line: what was wanted, why not, what to do.
public final class Pi4jException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Pi4jException(String message, Throwable cause) {
        super(message, cause);
    }
}

package energy.cryptometer.hal.gpio;

/// A line cannot be had or read. The message says what was wanted, what there is, and what to do.
public final class GpioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GpioException(String message) {
        super(message);
    }

    GpioException(String message, Throwable cause) {
        super(message, cause);
    }
}

package energy.cryptometer.firmware.board;

/// A meter has stopped counting by itself. Only a new start of the program goes on.
public final class CountingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CountingStoppedException(String serial, RuntimeException cause) {
        super(
                "meter %s: counting stopped: %s; the program ends so that it is started anew"
                        .formatted(serial, cause.getMessage()),
                cause);
    }
}

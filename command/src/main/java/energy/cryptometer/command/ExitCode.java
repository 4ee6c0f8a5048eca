package energy.cryptometer.command;

import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.pi4j.Pi4jException;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.transport.TransportException;
import java.util.Optional;

/// What a program says to the shell and to systemd when it ends, in the numbers of BSD's
/// `sysexits.h`.
public enum ExitCode {
    OK(0),
    /// The command line is wrong.
    USAGE(64),
    /// A file or message given to the program is malformed or does not verify.
    DATA(65),
    /// A file that was named does not exist or cannot be read.
    NO_INPUT(66),
    /// A token, port, node or other service is not there.
    UNAVAILABLE(69),
    /// The program itself is wrong.
    SOFTWARE(70),
    /// A file or folder cannot be created, or exists already.
    CANT_CREATE(73),
    /// Reading or writing failed: a full disk, a broken cable.
    IO(74),
    /// It may work later: another program holds the journal, a node is busy.
    TEMPORARY(75),
    /// Permissions or a PIN refuse it.
    NO_PERMISSION(77),
    /// The configuration is wrong.
    CONFIG(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /// The code for what a key, a store, a socket or an input reports by an exception of its own:
    /// the one place that chooses it. None for every other exception.
    public static Optional<ExitCode> of(Throwable failure) {
        return switch (failure) {
            case KeyException key -> Optional.of(of(key.reason()));
            case StoreException store -> Optional.of(of(store.reason()));
            case TransportException _, GpioException _, Pi4jException _ -> Optional.of(UNAVAILABLE);
            default -> Optional.empty();
        };
    }

    private static ExitCode of(KeyException.Reason reason) {
        return switch (reason) {
            case MODULE_MISSING, TOKEN_MISSING, KEY_MISSING, TOKEN_LOST, DEVICE_ERROR ->
                    UNAVAILABLE;
            case WRONG_PIN, PIN_LOCKED, PIN_UNAVAILABLE -> NO_PERMISSION;
            case BAD_URI -> CONFIG;
            case KEY_EXISTS -> CANT_CREATE;
        };
    }

    static ExitCode of(StoreException.Reason reason) {
        return switch (reason) {
            case LOCKED -> TEMPORARY;
            case READ_ONLY -> NO_PERMISSION;
            case FULL, IO -> ExitCode.IO;
            case CORRUPT, CONSTRAINT -> DATA;
            case NEWER_SCHEMA, OLDER_SCHEMA, FOREIGN -> CONFIG;
        };
    }

    /// The number, 0 to 78.
    public int code() {
        return code;
    }
}

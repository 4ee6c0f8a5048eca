package energy.cryptometer.command;

import java.util.Arrays;

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

    /// The code with this number; a number that none has is an `IllegalArgumentException`.
    public static ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(exit -> exit.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no exit code is " + code));
    }

    /// The number, 0 to 78.
    public int code() {
        return code;
    }
}

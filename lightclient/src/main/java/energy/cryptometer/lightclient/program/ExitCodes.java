package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.lightclient.verify.Conclusion;

/// With which code the program ends, in the numbers of sysexits: here and, for store and socket, in
/// [ExitCode#of].
final class ExitCodes {
    private ExitCodes() {}

    /// What only a wrong clock of this machine may have caused is temporary, not forged.
    static ExitCode of(Conclusion conclusion) {
        return switch (conclusion) {
            case ACCEPTED, PROVEN, ALREADY_KNOWN -> ExitCode.OK;
            case UNREACHABLE, DECLINED -> ExitCode.UNAVAILABLE;
            case STALE, EXPIRED, FROM_THE_FUTURE, UNKNOWN_HEIGHT -> ExitCode.TEMPORARY;
            case NOT_NEXT,
                    WRONG_CHAIN,
                    FORGED,
                    WRONG_HEIGHT,
                    WRONG_TREE_SIZE,
                    ALTERED_BLOCK,
                    FROZEN,
                    MALFORMED ->
                    ExitCode.DATA;
        };
    }
}

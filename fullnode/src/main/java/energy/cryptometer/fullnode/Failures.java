package energy.cryptometer.fullnode;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.fullnode.chain.ChainException;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.transport.TransportException;
import java.util.function.Supplier;

/// What went wrong with store, chain or port, as an exit code of sysexits.
final class Failures {
    private Failures() {}

    /// Does the work.
    ///
    /// @throws CommandFailure with one line and the code
    static <T> T inWords(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException failure) {
            throw failure(code(failure.reason()), failure);
        } catch (ChainException failure) {
            throw failure(
                    switch (failure.reason()) {
                        case OTHER_COMMUNITY -> ExitCode.CONFIG;
                        case DAMAGED -> ExitCode.DATA;
                    },
                    failure);
        } catch (TransportException failure) {
            throw failure(ExitCode.UNAVAILABLE, failure);
        }
    }

    private static CommandFailure failure(ExitCode code, RuntimeException cause) {
        return new CommandFailure(code, String.valueOf(cause.getMessage()), cause);
    }

    private static ExitCode code(StoreException.Reason reason) {
        return switch (reason) {
            case LOCKED -> ExitCode.TEMPORARY;
            case READ_ONLY -> ExitCode.NO_PERMISSION;
            case FULL, IO -> ExitCode.IO;
            case CORRUPT, CONSTRAINT -> ExitCode.DATA;
            case NEWER_SCHEMA, OLDER_SCHEMA, FOREIGN -> ExitCode.CONFIG;
        };
    }
}

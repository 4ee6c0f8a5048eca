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
            throw CommandFailure.of(ExitCode.of(failure.reason().exitCode()), failure);
        } catch (ChainException failure) {
            throw CommandFailure.of(
                    switch (failure.reason()) {
                        case OTHER_COMMUNITY -> ExitCode.CONFIG;
                        case DAMAGED -> ExitCode.DATA;
                    },
                    failure);
        } catch (TransportException failure) {
            throw CommandFailure.of(ExitCode.UNAVAILABLE, failure);
        }
    }
}

package energy.cryptometer.fullnode.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.fullnode.chain.ChainException;
import java.util.function.Supplier;

/// What is wrong with the stored chain, as an exit code of sysexits. What store and port report by
/// themselves, [ExitCode#of] knows.
final class Failures {
    private Failures() {}

    /// Does the work.
    ///
    /// @throws CommandFailure with one line and the code
    static <T> T inWords(Supplier<T> work) {
        try {
            return work.get();
        } catch (ChainException failure) {
            throw CommandFailure.of(
                    switch (failure.reason()) {
                        case OTHER_COMMUNITY -> ExitCode.CONFIG;
                        case DAMAGED -> ExitCode.DATA;
                    },
                    failure);
        }
    }
}

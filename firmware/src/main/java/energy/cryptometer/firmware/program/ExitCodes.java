package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.firmware.board.CountingStoppedException;
import energy.cryptometer.firmware.profile.ProfileException;
import energy.cryptometer.lightclient.sync.UntrustedStoreException;

/// What went wrong with journal, source, headers or port, as one line and an exit code of sysexits.
final class ExitCodes {
    private ExitCodes() {}

    /// Something that may fail.
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /// Does the work.
    ///
    /// @throws CommandFailure with one line and the code
    static <T> T inWords(Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (ProfileException | UntrustedStoreException failure) {
            throw CommandFailure.of(ExitCode.DATA, failure);
        } catch (CountingStoppedException stopped) {
            throw CommandFailure.of(ExitCode.TEMPORARY, stopped);
        } catch (RuntimeException failure) {
            throw CommandFailure.of(failure).orElseThrow(() -> failure);
        }
    }
}

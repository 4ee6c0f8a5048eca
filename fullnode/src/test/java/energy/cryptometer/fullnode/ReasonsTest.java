package energy.cryptometer.fullnode;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.store.StoreException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The store names no type of the command line; its numbers are those of [ExitCode] all the same.
class ReasonsTest {
    @ParameterizedTest
    @CsvSource({
        "LOCKED, TEMPORARY",
        "READ_ONLY, NO_PERMISSION",
        "FULL, IO",
        "CORRUPT, DATA",
        "IO, IO",
        "NEWER_SCHEMA, CONFIG",
        "OLDER_SCHEMA, CONFIG",
        "FOREIGN, CONFIG",
        "CONSTRAINT, DATA"
    })
    void aProgramEndsWithTheCodeOfTheStoresReason(Reason reason, ExitCode exit) {
        assertThat(ExitCode.of(reason.exitCode())).isEqualTo(exit);
    }
}

package energy.cryptometer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.Migrations;
import energy.cryptometer.store.StoreException;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.CoapServer;
import energy.cryptometer.transport.TransportSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
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
    void aStoresReasonHasACode(StoreException.Reason reason, ExitCode exit) {
        assertThat(ExitCode.of(reason)).isEqualTo(exit);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonOfAStoreIsAFailure(StoreException.Reason reason) {
        assertThat(ExitCode.of(reason)).isNotIn(ExitCode.OK, ExitCode.SOFTWARE);
    }

    @Test
    void whatAStoreRefusesIsOneLineWithItsCode(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.db"), "no database at all, ".repeat(100));
        RuntimeException refused =
                catchRuntimeException(() ->
                        Database.open(
                                file,
                                new Migrations(
                                        7, 4096, List.of("CREATE TABLE t (x INTEGER) STRICT"))));

        CommandFailure failure = CommandFailure.of(refused).orElseThrow();
        assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(failure.text()).startsWith("store " + file).doesNotContain("\n");
    }

    @Test
    void aPortThatIsTakenIsUnavailable() {
        try (CoapServer first =
                CoapServer.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TransportSecurity.plain(),
                        CoapLimits.USUAL)) {
            RuntimeException refused =
                    catchRuntimeException(() ->
                            CoapServer.bind(
                                    first.address(), TransportSecurity.plain(), CoapLimits.USUAL));
            assertThat(ExitCode.of(refused)).hasValue(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void aBugHasNone() {
        assertThat(ExitCode.of(new IllegalStateException("a bug"))).isEmpty();
        assertThat(CommandFailure.of(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void aKeysReasonHasACode() {
        assertThat(ExitCode.of(new KeyException(KeyException.Reason.WRONG_PIN, "no")))
                .hasValue(ExitCode.NO_PERMISSION);
    }
}

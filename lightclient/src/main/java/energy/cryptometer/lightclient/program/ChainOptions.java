package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.timing.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Whom to trust, at what time, and how to answer: what every command has.
final class ChainOptions {
    @Option(
            names = "--genesis",
            required = true,
            paramLabel = "FILE",
            description = "The community's genesis: all that is trusted.")
    private Path genesis = Path.of("");

    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description = "Names of accounts, as 'provision community init' writes them.")
    private @Nullable Path accounts;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private LightClientCommand program;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    Reply reply() {
        return new Reply(command, json);
    }

    TimeSource time() {
        return program.time();
    }

    Instant now() {
        return time().instant();
    }

    /// Where long work shows how far it is.
    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /// The genesis, its authority's signature verified.
    ///
    /// @throws CommandFailure CONFIG if it is none
    Genesis genesis() {
        try {
            return GenesisCodec.decode(bounded(genesis, GenesisCodec.MAX_BYTES + 1024));
        } catch (MalformedException malformed) {
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "%s is no genesis: %s".formatted(genesis, malformed.getMessage()),
                    malformed);
        }
    }

    AccountNames names(Genesis community) {
        return AccountNames.of(community, Optional.ofNullable(accounts));
    }

    /// Reads a file of at most so many bytes; one byte more where it is longer, so that the decoder
    /// refuses it by its own limit.
    static byte[] bounded(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (IOException problem) {
            throw CommandFailure.of("cannot read " + file, problem);
        }
    }
}

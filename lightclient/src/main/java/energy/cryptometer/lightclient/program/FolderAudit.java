package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Json;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.NodeAccount;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.state.PlantAccount;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.ChainAudit;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Finding;
import energy.cryptometer.lightclient.verify.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// The audit of an exported chain: `DIR/genesis.cbor` and `DIR/blocks/0000000001.cbor` and so on.
record FolderAudit(Genesis genesis, AccountNames names, Path folder, Instant now) {
    int run(Reply reply, PrintWriter err) {
        Finding<Genesis> same = sameGenesis();
        if (!(same instanceof Finding.Proven<Genesis>)) {
            return reply.refuse(same.conclusion(), same.sentence());
        }
        long count = blocks();
        Terminal process = Terminal.ofProcess();
        Terminal terminal = new Terminal(err, err, false, process.interactive());
        ChainAudit audit = ChainAudit.of(genesis);
        try (Progress progress = new Progress(terminal, "Verifying blocks", count)) {
            for (long height = 1; height <= count; height++) {
                Finding<ChainAudit> finding = next(audit, new Height(height));
                if (!(finding instanceof Finding.Proven<ChainAudit>(ChainAudit good))) {
                    return reply.refuse(
                            finding.conclusion(),
                            "block %d: %s".formatted(height, finding.sentence()),
                            json(finding.conclusion(), audit).put("refusedHeight", height));
                }
                audit = good;
                progress.reached(height);
            }
        }
        return reply.accept(json(Conclusion.ACCEPTED, audit), words(audit));
    }

    private Finding<Genesis> sameGenesis() {
        Path file = folder.resolve("genesis.cbor");
        try {
            Genesis found =
                    GenesisCodec.decode(ChainOptions.bounded(file, GenesisCodec.MAX_BYTES + 1024));
            return found.community().equals(genesis.community())
                    ? new Finding.Proven<>(found)
                    : new Finding.WrongChain<>(
                            found.community().toString(), genesis.community().toString());
        } catch (MalformedException malformed) {
            return new Finding.Malformed<>("%s: %s".formatted(file, malformed.getMessage()));
        }
    }

    /// How many blocks there are: their names must be 1 to this number.
    private long blocks() {
        Path blocks = folder.resolve("blocks");
        long count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(blocks, "*.cbor")) {
            for (Path _ : files) {
                count++;
            }
        } catch (IOException problem) {
            throw CommandFailure.of("cannot read " + blocks, problem);
        }
        if (count == 0) {
            throw new CommandFailure(
                    ExitCode.NO_INPUT, "%s holds no blocks: nothing to verify".formatted(blocks));
        }
        return count;
    }

    private Finding<ChainAudit> next(ChainAudit audit, Height height) {
        Path file = folder.resolve("blocks").resolve("%010d.cbor".formatted(height.value()));
        if (!Files.exists(file)) {
            return new Finding.Malformed<>(
                    "%s is missing, though there are as many blocks".formatted(file));
        }
        Instant time = genesis.schedule().time(height);
        if (time.isAfter(now.plus(Policy.USUAL.drift()))) {
            return new Finding.FromTheFuture<>(time, now);
        }
        return audit.append(ChainOptions.bounded(file, ChainAudit.MAX_BLOCK_BYTES));
    }

    private Json json(Conclusion conclusion, ChainAudit audit) {
        return Reply.verdict(conclusion)
                .put("community", genesis.community().toString())
                .put("height", audit.height().value())
                .put("time", genesis.schedule().time(audit.height()).toString())
                .put("head", audit.head().toString())
                .put("transactions", audit.transactions())
                .put("pulses", audit.pulses())
                .put(
                        "accounts",
                        audit.accounts().leaves().stream()
                                .filter(leaf -> !(leaf instanceof NodeAccount))
                                .map(this::json)
                                .toList());
    }

    private Json json(Account account) {
        Json json = Json.object().put("account", account.account().toString());
        names.name(account.account()).ifPresent(name -> json.put("name", name));
        return json.put("kind", kind(account))
                .put("milliwattHours", energy(account).milliwattHours());
    }

    private static String kind(Account account) {
        return switch (account) {
            case MeterAccount _ -> "meter";
            case ParticipantAccount _ -> "participant";
            case PlantAccount _ -> "plant";
            case NodeAccount _ -> "node";
        };
    }

    private static Energy energy(Account account) {
        return switch (account) {
            case MeterAccount meter -> meter.register();
            case ParticipantAccount participant -> participant.credited();
            case PlantAccount plant -> plant.allocated();
            case NodeAccount _ -> Energy.ZERO;
        };
    }

    private String words(ChainAudit audit) {
        StringBuilder text = new StringBuilder();
        text.append(
                "Verified %d blocks up to %s: %d transactions, %d pulses."
                        .formatted(
                                audit.height().value(),
                                genesis.schedule().time(audit.height()),
                                audit.transactions(),
                                audit.pulses()));
        for (Account account : audit.accounts().leaves()) {
            if (!(account instanceof NodeAccount)) {
                text.append(
                        "%n  %-11s  %-16s  %s"
                                .formatted(
                                        kind(account),
                                        names.call(account.account()),
                                        energy(account)));
            }
        }
        return text.toString();
    }
}

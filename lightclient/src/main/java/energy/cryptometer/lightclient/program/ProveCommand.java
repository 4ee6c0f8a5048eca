package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.lightclient.sync.ProofSearch;
import energy.cryptometer.lightclient.sync.SyncReport;
import energy.cryptometer.lightclient.verify.ProofBundle;
import energy.cryptometer.lightclient.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lightclient prove`.
@Command(
        name = "prove",
        description = "Writes a proof of one transaction that verifies without any node.")
final class ProveCommand implements Callable<Integer> {
    @Mixin private final ChainOptions chain = new ChainOptions();
    @Mixin private final NodeOptions net = new NodeOptions();
    @Mixin private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--transaction",
            required = true,
            paramLabel = "ID",
            description = "The transaction's id, 64 hexadecimal digits.")
    private String transaction = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "A file that does not exist.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Reply reply = chain.reply();
        Genesis genesis = chain.genesis();
        Hash id = id();
        return reply.to(() -> prove(reply, genesis, id));
    }

    private int prove(Reply reply, Genesis genesis, Hash id) {
        try (Session session =
                new Session(genesis, store.open(genesis.community()), net, chain.time())) {
            SyncReport report = session.sync(chain.now(), chain.err());
            boolean usable =
                    report.verdict() instanceof Verdict.Accepted
                            || report.verdict() instanceof Verdict.Stale;
            if (!report.reached() || !usable) {
                return reply.refuse(
                        Session.conclusion(report),
                        Session.sentence(report),
                        Session.json(genesis, report));
            }
            return switch (session.finder().transaction(id)) {
                case ProofSearch.Unproven<ProofBundle> unproven ->
                        reply.refuse(unproven.conclusion(), unproven.sentence());
                case ProofSearch.Proven<ProofBundle>(ProofBundle bundle) ->
                        write(reply, genesis, bundle);
            };
        }
    }

    private int write(Reply reply, Genesis genesis, ProofBundle bundle) {
        byte[] encoded = bundle.encode(genesis.community());
        write(encoded);
        BundleView view = new BundleView(genesis, chain.names(genesis), bundle);
        return reply.accept(
                view.json().put("file", out.toString()).put("bytes", encoded.length),
                "%s\nThe proof is in %s (%d bytes).".formatted(view.words(), out, encoded.length));
    }

    private Hash id() {
        try {
            return Hash.ofHex(transaction);
        } catch (IllegalArgumentException refused) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "transaction '%s': %s".formatted(transaction, refused.getMessage()),
                    refused);
        }
    }

    private void write(byte[] encoded) {
        try {
            Files.write(out, encoded, StandardOpenOption.CREATE_NEW);
        } catch (IOException problem) {
            throw CommandFailure.of("cannot write " + out, problem);
        }
    }
}

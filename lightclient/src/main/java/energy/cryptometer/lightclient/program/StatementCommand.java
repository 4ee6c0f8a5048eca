package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.ProofSearch;
import energy.cryptometer.lightclient.sync.SyncReport;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.ProvenAccount;
import energy.cryptometer.lightclient.verify.Statement;
import energy.cryptometer.lightclient.verify.StepBoundary;
import energy.cryptometer.lightclient.verify.Verdict;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lightclient statement`.
@Command(
        name = "statement",
        description = {
            "Proves the energy of an account over a period: the difference of two proven states.",
            "The period begins and ends between two market steps."
        })
final class StatementCommand implements Callable<Integer> {
    @Mixin private final ChainOptions chain = new ChainOptions();
    @Mixin private final NodeOptions net = new NodeOptions();
    @Mixin private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--account",
            required = true,
            paramLabel = "ID",
            description = "A name, an account, or at least its first eight digits.")
    private String account = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Beginning, UTC: 2026-11-22T00:00:00Z. Preset: the community's origin.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "End, UTC. Preset: the newest verified block.")
    private @Nullable Instant to;

    @Override
    public Integer call() {
        Reply reply = chain.reply();
        Genesis genesis = chain.genesis();
        AccountNames names = chain.names(genesis);
        AccountId id = names.resolve(account);
        Height first = from == null ? Height.GENESIS : height(genesis, "--from", from);
        Height wanted = to == null ? first : height(genesis, "--to", to);
        if (wanted.compareTo(first) < 0) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--from %s is after --to %s".formatted(from, to));
        }
        StatementView view = new StatementView(genesis, names, id, first, wanted);
        return reply.to(() -> statement(reply, view));
    }

    private int statement(Reply reply, StatementView view) {
        Genesis genesis = view.genesis();
        try (Session session =
                new Session(genesis, store.open(genesis.community()), net, chain.time())) {
            SyncReport report = session.sync(chain.now(), chain.err());
            if (!report.reached() || !usable(report.verdict())) {
                return reply.refuse(
                        Session.conclusion(report),
                        Session.sentence(report),
                        Session.json(genesis, report));
            }
            Height last = to == null ? session.head() : view.to();
            if (last.compareTo(session.head()) > 0 || last.compareTo(view.from()) < 0) {
                return reply.refuse(
                        Conclusion.UNKNOWN_HEIGHT,
                        "verified is up to %s (%s); the period ends later"
                                .formatted(
                                        genesis.schedule().time(session.head()), session.head()));
            }
            return state(reply, session, view.until(last));
        }
    }

    /// A stale chain still proves a period that ends before its head.
    private boolean usable(Verdict verdict) {
        return verdict instanceof Verdict.Accepted
                || (to != null && verdict instanceof Verdict.Stale);
    }

    private static int state(Reply reply, Session session, StatementView view) {
        return switch (session.finder().account(view.id(), view.from())) {
            case ProofSearch.Unproven<ProvenAccount> unproven -> refuse(reply, unproven);
            case ProofSearch.Proven<ProvenAccount>(ProvenAccount before) ->
                    switch (session.finder().account(view.id(), view.to())) {
                        case ProofSearch.Unproven<ProvenAccount> unproven ->
                                refuse(reply, unproven);
                        case ProofSearch.Proven<ProvenAccount>(ProvenAccount after) ->
                                state(reply, view, Statement.between(before, after));
                    };
        };
    }

    private static int refuse(Reply reply, ProofSearch.Unproven<?> unproven) {
        return reply.refuse(unproven.conclusion(), unproven.sentence());
    }

    private static int state(Reply reply, StatementView view, Statement statement) {
        if (statement instanceof Statement.Contradiction(String first, String last)) {
            return reply.refuse(Conclusion.FORGED, "%s cannot become %s".formatted(first, last));
        }
        return reply.accept(view.json(statement), view.words(statement));
    }

    private static Height height(Genesis genesis, String option, Instant instant) {
        return switch (StepBoundary.of(genesis.schedule(), instant)) {
            case StepBoundary.At(Height height) -> height;
            case StepBoundary.Inside(Instant before, Instant after) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "%s %s is inside a market step; next to it are %s and %s"
                                    .formatted(option, instant, before, after));
            case StepBoundary.Outside(Instant origin) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "%s %s is outside the market steps, which begin at %s"
                                    .formatted(option, instant, origin));
        };
    }
}

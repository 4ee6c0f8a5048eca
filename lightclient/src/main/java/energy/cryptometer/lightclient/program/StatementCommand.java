package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.Search;
import energy.cryptometer.lightclient.sync.SyncReport;
import energy.cryptometer.lightclient.verify.Boundary;
import energy.cryptometer.lightclient.verify.ProvenAccount;
import energy.cryptometer.lightclient.verify.Statement;
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
        Period period = new Period(genesis, names, id, first, wanted);
        return reply.to(() -> statement(reply, period));
    }

    private int statement(Reply reply, Period period) {
        Genesis genesis = period.genesis();
        try (Session session = new Session(genesis, store.open(genesis.community()), net)) {
            SyncReport report = session.sync(chain.now(), chain.err());
            if (!report.reached() || !usable(report.verdict())) {
                return reply.refuse(
                        Session.word(report),
                        Session.sentence(report),
                        Session.json(genesis, report));
            }
            Height last = to == null ? session.head() : period.to();
            if (last.compareTo(session.head()) > 0 || last.compareTo(period.from()) < 0) {
                return reply.refuse(
                        "unknown-height",
                        "verified is up to %s (%s); the period ends later"
                                .formatted(
                                        genesis.schedule().time(session.head()), session.head()));
            }
            return state(reply, session, period.until(last));
        }
    }

    /// A stale chain still proves a period that ends before its head.
    private boolean usable(Verdict verdict) {
        return verdict instanceof Verdict.Accepted
                || (to != null && verdict instanceof Verdict.Stale);
    }

    private static int state(Reply reply, Session session, Period period) {
        Search<ProvenAccount> before = session.finder().account(period.id(), period.from());
        if (before.found().isEmpty()) {
            return reply.refuse(before.word(), before.sentence());
        }
        Search<ProvenAccount> after = session.finder().account(period.id(), period.to());
        if (after.found().isEmpty()) {
            return reply.refuse(after.word(), after.sentence());
        }
        Statement statement = Statement.between(before.found().get(), after.found().get());
        if (statement instanceof Statement.Contradiction(String first, String last)) {
            return reply.refuse("forged", "%s cannot become %s".formatted(first, last));
        }
        return reply.accept(period.json(statement), period.words(statement));
    }

    private static Height height(Genesis genesis, String option, Instant instant) {
        return switch (Boundary.of(genesis.schedule(), instant)) {
            case Boundary.At(Height height) -> height;
            case Boundary.Inside(Instant before, Instant after) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "%s %s is inside a market step; next to it are %s and %s"
                                    .formatted(option, instant, before, after));
            case Boundary.Outside(Instant origin) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "%s %s is outside the market steps, which begin at %s"
                                    .formatted(option, instant, origin));
        };
    }
}

package energy.cryptometer.demo.run;

import energy.cryptometer.command.Json;
import energy.cryptometer.demo.process.Processes;
import energy.cryptometer.demo.scenario.Scenario;
import energy.cryptometer.demo.scenario.Site;
import energy.cryptometer.firmware.config.BoardSettings;
import energy.cryptometer.firmware.status.RuntimeStatus;
import energy.cryptometer.ledger.allocation.LargestRemainder;
import energy.cryptometer.ledger.transaction.Credit;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The end of the demonstration: the light client, a program of its own with nothing but the
/// genesis, states what each account received; then the whole chain is exported and audited
/// offline, every signature verified again.
final class Verification {
    private final Site site;
    private final Scenario scenario;
    private final Processes processes;
    private final LiveView view;
    private final List<String> disagreements = new ArrayList<>();

    Verification(Site site, Scenario scenario, Processes processes, LiveView view) {
        this.site = site;
        this.scenario = scenario;
        this.processes = processes;
        this.view = view;
    }

    /// Asks for all statements and compares them with what the profiles say.
    ///
    /// @param meters the four numbers of each meter
    /// @param expected pulses of each meter
    Outcome verify(Map<String, MeterCounts> meters, Map<String, Long> expected, int restarts) {
        Map<String, Long> generators = new TreeMap<>();
        PulseConstant constant = new PulseConstant(Scenario.CONSTANT);
        expected.forEach((name, pulses) -> {
            long stated = stated(name);
            generators.put(name, stated);
            same("generator " + name, stated, constant.register(pulses).milliwattHours());
        });
        long produced = generators.values().stream().mapToLong(Long::longValue).sum();
        long plant = stated("plant");
        same("virtual power plant", plant, produced);
        Map<String, Long> participants = participants(produced);
        long pulses = expected.values().stream().mapToLong(Long::longValue).sum();
        MeterCounts counts = Demonstration.total(meters);
        if (!counts.complete(pulses)) {
            disagreements.add("of %d pulses: %s".formatted(pulses, counts));
        }
        audit(pulses);
        disagreements.forEach(view::say);
        return new Outcome(
                counts,
                generators,
                plant,
                participants,
                disagreements.isEmpty(),
                restarts,
                bytesPerPulse());
    }

    /// Several steps may have been allocated one by one, each rounded: the sum must be exact, and
    /// each participant within one milliwatt-hour a step of its share; within one step, exact.
    private Map<String, Long> participants(long produced) {
        Map<String, Long> participants = new TreeMap<>();
        Map<AccountId, Integer> shares = new LinkedHashMap<>();
        scenario.shares()
                .forEach(share ->
                        shares.put(
                                AccountId.ofHex(site.account(share.name())),
                                share.partsPerMillion()));
        List<Credit> exact = new LargestRemainder(shares).divide(new Energy(produced));
        for (Scenario.Share share : scenario.shares()) {
            long stated = stated(share.name());
            participants.put(share.name(), stated);
            AccountId account = AccountId.ofHex(site.account(share.name()));
            long due =
                    exact.stream()
                            .filter(credit -> credit.account().equals(account))
                            .mapToLong(credit -> credit.energy().milliwattHours())
                            .sum();
            boolean rounded =
                    scenario.profileGiven() && Math.abs(stated - due) <= Site.LARGEST_ROUNDING;
            if (!rounded) {
                same("participant " + share.name(), stated, due);
            }
        }
        same(
                "all participants",
                participants.values().stream().mapToLong(Long::longValue).sum(),
                produced);
        return participants;
    }

    private void same(String what, long stated, long expected) {
        if (stated != expected) {
            disagreements.add(
                    "%s: proven %d mWh, expected %d mWh".formatted(what, stated, expected));
        }
    }

    private long stated(String name) {
        Json statement =
                Json.readObject(
                        processes.run(
                                "lightclient",
                                List.of(
                                        "statement",
                                        "--account",
                                        site.account(name),
                                        "--genesis",
                                        site.genesis().toString(),
                                        "--node",
                                        site.node(),
                                        "--store",
                                        site.folder().resolve("lightclient.db").toString(),
                                        "--json")),
                        "lightclient statement");
        Energy energy = new Energy(statement.integer("milliwattHours"));
        view.say(
                "  %-12s %-6s %s, %s by the block of %s"
                        .formatted(
                                statement.text("kind"),
                                name,
                                energy,
                                statement.text("verdict"),
                                statement.text("to")));
        return energy.milliwattHours();
    }

    /// Exports the chain and verifies it offline, from the genesis, signature by signature.
    private void audit(long pulses) {
        view.say("Exporting the chain and verifying it offline, every signature again");
        String export = site.folder().resolve("export").toString();
        String _ =
                processes.run(
                        "community-node",
                        List.of(
                                "export",
                                "--config",
                                site.nodeConfiguration().toString(),
                                "--out",
                                export));
        Json audit =
                Json.readObject(
                        processes.run(
                                "lightclient",
                                List.of(
                                        "verify",
                                        export,
                                        "--genesis",
                                        site.genesis().toString(),
                                        "--json")),
                        "lightclient verify");
        if (audit.integer("pulses") != pulses) {
            disagreements.add(
                    "the exported chain holds %d pulses, expected %d"
                            .formatted(audit.integer("pulses"), pulses));
        }
    }

    private BigDecimal bytesPerPulse() {
        long bytes = 0;
        long pulses = 0;
        for (Scenario.Generator generator : scenario.generators()) {
            Path journal = site.journal(generator.name());
            RuntimeStatus status =
                    RuntimeStatus.read(BoardSettings.NONE.statusFile(journal)).orElseThrow();
            bytes += status.wire().fullBatchBytes();
            pulses += status.wire().fullBatchPulses();
        }
        return pulses == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(pulses), 1, RoundingMode.HALF_UP);
    }
}

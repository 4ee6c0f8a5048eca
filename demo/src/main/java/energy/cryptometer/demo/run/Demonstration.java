package energy.cryptometer.demo.run;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.demo.process.Processes;
import energy.cryptometer.demo.scenario.Scenario;
import energy.cryptometer.demo.scenario.Site;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalCounts;
import energy.cryptometer.firmware.journal.JournalView;
import energy.cryptometer.firmware.profile.Profile;
import energy.cryptometer.firmware.profile.TimeLapse;
import energy.cryptometer.store.StoreException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sets a community up, lets it run, kills the node and one meter in mid-step, waits until every
/// pulse is proven, and has the light client verify the result.
public final class Demonstration {
    /// From now to the start of the first step: setting up, and four programs starting on a small
    /// machine.
    private static final Duration LEAD = Duration.ofSeconds(12);

    private static final Duration NODE_KILLED_AFTER = Duration.ofSeconds(4);
    private static final Duration METER_KILLED_AFTER = Duration.ofSeconds(6);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Site site;
    private final Scenario scenario;
    private final Processes processes;
    private final LiveView view;
    private final Timing timing;
    private final Map<String, Long> expected;
    private int restarts;

    /// Waits between two looks.
    @FunctionalInterface
    public interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /// The time it goes by.
    ///
    /// @param patience how long after the last pulse is due everything may take to be proven
    public record Timing(InstantSource clock, Pause pause, Duration patience) {}

    public Demonstration(
            Site site, Scenario scenario, Processes processes, LiveView view, Timing timing) {
        this.site = site;
        this.scenario = scenario;
        this.processes = processes;
        this.view = view;
        this.timing = timing;
        this.expected = new TreeMap<>();
    }

    public Outcome run() {
        Instant origin = nextStep(timing.clock().instant().plus(LEAD));
        view.say("Setting up the community; its first market step begins at " + origin);
        site.setUp(processes, origin);
        Instant lastPulse = readProfiles(origin);
        view.expect(expected);
        startNode();
        scenario.generators().forEach(generator -> startMeter(generator.name()));
        view.say("Node and meters are starting; every meter signs with %s".formatted(keys()));
        watchUntil(origin);
        view.say("Market step 0 begins");
        watchUntil(origin.plus(NODE_KILLED_AFTER));
        watchUntilAllCount(lastPulse);
        view.say("SIGKILL to the node, in mid-step");
        processes.kill("node");
        startNode();
        restarts++;
        watchUntil(origin.plus(METER_KILLED_AFTER));
        String victim = scenario.generators().getLast().name();
        view.say("SIGKILL to meter %s, in mid-step".formatted(victim));
        processes.kill("meter-" + victim);
        startMeter(victim);
        restarts++;
        watchUntil(lastPulse);
        waitForProof(lastPulse.plus(timing.patience()));
        view.say("Every pulse is proven by its own meter; now the light client, trusting no node");
        return new Verification(site, scenario, processes, view)
                .verify(look(), Map.copyOf(expected), restarts);
    }

    private static Instant nextStep(Instant instant) {
        long length = Site.STEP.toSeconds();
        return Instant.ofEpochSecond((instant.getEpochSecond() / length + 1) * length);
    }

    private String keys() {
        return scenario.generators().stream()
                .map(generator ->
                        Site.inToken(generator)
                                ? generator.name() + " in a PKCS#11 token"
                                : generator.name() + " a trial key file")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    /// Computes what every meter must count, and when its last pulse is due.
    private Instant readProfiles(Instant origin) {
        Instant last = origin;
        for (Scenario.Generator generator : scenario.generators()) {
            Profile profile = site.profile(generator);
            long pulses = profile.totalPulses();
            expected.put(generator.name(), pulses);
            if (pulses > 0) {
                long due = profile.dueMillis(pulses, new TimeLapse(generator.timeLapse()));
                Instant end = origin.plusMillis(due);
                last = end.isAfter(last) ? end : last;
            }
        }
        return last;
    }

    private void startNode() {
        processes.start(
                "node",
                "community-node",
                List.of("run", "--config", site.nodeConfiguration().toString()));
    }

    private void startMeter(String name) {
        processes.start(
                "meter-" + name,
                "cryptometer",
                List.of("run", "--config", site.meterConfiguration(name).toString()));
    }

    private void watchUntil(Instant end) {
        while (timing.clock().instant().isBefore(end)) {
            processes.requireRunning();
            show();
            pause();
        }
    }

    /// On a busy machine a program may still be starting: a kill means nothing before it counts.
    private void watchUntilAllCount(Instant latest) {
        while (timing.clock().instant().isBefore(latest)
                && look().values().stream().anyMatch(counts -> counts.counted() == 0)) {
            processes.requireRunning();
            show();
            pause();
        }
    }

    private void waitForProof(Instant deadline) {
        long pulses = expected.values().stream().mapToLong(Long::longValue).sum();
        while (!total(look()).complete(pulses)) {
            if (timing.clock().instant().isAfter(deadline)) {
                throw new CommandFailure(
                        ExitCode.SOFTWARE,
                        "of %d pulses, %s after %s; logs are in %s"
                                .formatted(
                                        pulses, total(look()), timing.patience(), site.folder()));
            }
            processes.requireRunning();
            show();
            pause();
        }
        show();
    }

    private void show() {
        view.show(timing.clock().instant(), look());
    }

    static MeterCounts total(Map<String, MeterCounts> meters) {
        return meters.values().stream().reduce(MeterCounts.NONE, MeterCounts::plus);
    }

    /// Reads the meters' journals while they write them.
    private Map<String, MeterCounts> look() {
        Map<String, MeterCounts> meters = new LinkedHashMap<>();
        for (String name : new ArrayList<>(expected.keySet())) {
            meters.put(name, counts(name));
        }
        return meters;
    }

    private MeterCounts counts(String name) {
        if (!Files.exists(site.journal(name))) {
            return MeterCounts.NONE;
        }
        try (JournalView journal = Journal.openReadOnly(site.journal(name))) {
            JournalCounts counts = journal.counts();
            return new MeterCounts(
                    counts.counted(), counts.signed(), counts.sent(), counts.proven());
        } catch (IllegalStateException | StoreException _) {
            // the meter is just making its journal; the next look is a quarter of a second away
            return MeterCounts.NONE;
        }
    }

    private void pause() {
        try {
            timing.pause().of(LOOK_EVERY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "interrupted");
        }
    }
}

package energy.cryptometer.provisioning.description;

import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.SelectionRule;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads `[community]` and `[election]`. The values are made later, when nothing was wrong.
final class ParametersReader {
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_PULSES = 1000;

    private ParametersReader() {}

    static Supplier<CommunityDescription.Parameters> read(Configuration configuration) {
        Section section = configuration.section("community");
        String name = section.text("name");
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            section.refuse("name", "has %d bytes, at most %d".formatted(bytes, MAX_NAME_BYTES));
        }
        int pulses = (int) section.integer("max_pulses_per_transaction", 1, MAX_PULSES, 1);
        boolean hardware = hardwareKeysRequired(configuration);
        Supplier<StepSchedule> schedule = schedule(section);
        Supplier<ElectionTerms> election = election(configuration.optionalSection("election"));
        return () ->
                new CommunityDescription.Parameters(
                        name, schedule.get(), new Genesis.Policy(pulses, hardware), election.get());
    }

    static boolean hardwareKeysRequired(Configuration configuration) {
        return configuration.section("community").bool("hardware_keys_required", false);
    }

    private static Supplier<StepSchedule> schedule(Section section) {
        long day = StepSchedule.MAX_LENGTH.toSeconds();
        Instant origin = section.instant("origin");
        Duration length = section.durationSeconds("step_seconds", 1, day, 900);
        Duration collect = section.durationSeconds("collect_seconds", 0, day, 20);
        Duration propose = section.durationSeconds("propose_seconds", 0, day, 25);
        if (section.isSound("step_seconds")
                && section.isSound("propose_seconds")
                && propose.compareTo(length) >= 0) {
            section.refuse(
                    "propose_seconds",
                    "is %d, allowed less than the step length %d"
                            .formatted(propose.toSeconds(), length.toSeconds()));
        }
        if (section.isSound("collect_seconds")
                && section.isSound("propose_seconds")
                && collect.compareTo(propose) >= 0) {
            section.refuse(
                    "collect_seconds",
                    "is %d, allowed less than propose_seconds %d"
                            .formatted(collect.toSeconds(), propose.toSeconds()));
        }
        if (section.isSound("origin") && section.isSound("step_seconds")) {
            checkOrigin(section, origin, length.toSeconds());
        }
        return () -> new StepSchedule(origin, length, collect, propose);
    }

    private static void checkOrigin(Section section, Instant origin, long step) {
        if (origin.getEpochSecond() < 0 || origin.getNano() != 0) {
            section.refuse("origin", "is %s, allowed whole seconds since 1970".formatted(origin));
        } else if (origin.getEpochSecond() % step != 0) {
            long earlier = origin.getEpochSecond() / step * step;
            section.refuse(
                    "origin",
                    "is %s, no multiple of the step length %d s since 1970: the nearest are %s and %s"
                            .formatted(
                                    origin,
                                    step,
                                    Instant.ofEpochSecond(earlier),
                                    Instant.ofEpochSecond(earlier + step)));
        }
    }

    private static Supplier<ElectionTerms> election(Optional<Section> found) {
        if (found.isEmpty()) {
            return () -> new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, 300, 500, 200);
        }
        Section section = found.get();
        SelectionRule rule = section.choice("rule", SelectionRule.WEALTH_OVER_UNIFORM);
        int alpha = (int) section.integer("alpha", 0, ElectionTerms.WHOLE, 300);
        int beta = (int) section.integer("beta", 0, ElectionTerms.WHOLE, 500);
        int gamma = (int) section.integer("gamma", 0, ElectionTerms.WHOLE, 200);
        boolean sound =
                section.isSound("alpha") && section.isSound("beta") && section.isSound("gamma");
        if (sound && gamma >= alpha) {
            section.refuse("gamma", "is %d, allowed less than alpha %d".formatted(gamma, alpha));
        }
        if (sound && alpha >= beta) {
            section.refuse("alpha", "is %d, allowed less than beta %d".formatted(alpha, beta));
        }
        if (sound && alpha + beta + gamma != ElectionTerms.WHOLE) {
            section.refuse(
                    "beta",
                    "is %d: alpha, beta and gamma add up to %d, expected exactly %d per mille"
                            .formatted(beta, alpha + beta + gamma, ElectionTerms.WHOLE));
        }
        return () -> new ElectionTerms(rule, alpha, beta, gamma);
    }
}

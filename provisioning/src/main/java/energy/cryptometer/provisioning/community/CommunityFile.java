package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads the description of a community and tells everything that is inconsistent in it at once.
final class CommunityFile {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Configuration configuration;
    private final Claims names =
            new Claims("name")
                    .reserve(Role.AUTHORITY.word(), "the grid operator")
                    .reserve(Role.PLANT.word(), "the virtual power plant");
    private final Claims serials = new Claims("serial");
    private final Claims listens = new Claims("address");
    private final KeyPlanSection keys = new KeyPlanSection();

    private CommunityFile(Configuration configuration) {
        this.configuration = configuration;
    }

    /// Reads the file.
    ///
    /// @throws CommandFailure CONFIG with every problem
    static CommunityPlan read(Path file) {
        return new CommunityFile(Configuration.read(file)).plan();
    }

    private CommunityPlan plan() {
        Supplier<CommunityPlan.Terms> terms = TermsSection.read(configuration);
        boolean hardware = TermsSection.hardwareKeysRequired(configuration);
        List<Supplier<CommunityPlan.Meter>> meters =
                members("meter", Genesis.MAX_METERS).stream()
                        .map(section -> meter(section, hardware))
                        .toList();
        List<Section> sharers = members("participant", Genesis.MAX_PARTICIPANTS);
        List<CommunityPlan.Participant> participants =
                sharers.stream().map(this::participant).toList();
        checkShares(sharers, participants);
        List<CommunityPlan.Node> nodes =
                members("node", NodeSet.MAX_NODES).stream().map(this::node).toList();
        configuration.orFail();
        return new CommunityPlan(
                terms.get(), meters.stream().map(Supplier::get).toList(), participants, nodes);
    }

    private List<Section> members(String kind, int max) {
        List<Section> sections = configuration.sections(kind);
        if (sections.isEmpty() || sections.size() > max) {
            configuration.refuse(
                    "%d of [[%s]], allowed 1 to %d".formatted(sections.size(), kind, max));
        }
        return sections;
    }

    private String name(Section section) {
        String name = section.text("name");
        if (section.isSound("name") && !name.matches(NAME)) {
            section.refuse(
                    "name",
                    "is '%s', allowed 1 to 64 of A-Z a-z 0-9 . _ - and no . _ - first: it names a folder"
                            .formatted(name));
        }
        if (section.isSound("name")) {
            names.claim(section, "name", name);
        }
        return name;
    }

    private Supplier<CommunityPlan.Meter> meter(Section section, boolean hardware) {
        String name = name(section);
        String serial = section.text("serial");
        int bytes = serial.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MeterEntry.MAX_SERIAL_BYTES) {
            section.refuse(
                    "serial",
                    "has %d bytes, at most %d".formatted(bytes, MeterEntry.MAX_SERIAL_BYTES));
        }
        if (section.isSound("serial")) {
            serials.claim(section, "serial", serial);
        }
        Optional<MidClass> midClass = midClass(section);
        int constant = (int) section.integer("constant", 1, PulseConstant.MAX);
        int power = (int) section.integer("rated_power_watts", 1, MeterEntry.MAX_RATED_POWER_WATTS);
        KeyPlan key = keys.any(section);
        if (hardware && !section.has("pkcs11") && !section.has("public_key")) {
            section.refuse(
                    "pkcs11",
                    "is missing, and so is 'public_key': the community requires hardware keys, a"
                            + " trial key is refused");
        }
        return () ->
                new CommunityPlan.Meter(
                        name,
                        serial,
                        key,
                        new CommunityPlan.Plate(
                                midClass.orElseThrow(), new PulseConstant(constant), power));
    }

    /// Classes are capital letters, on the plate and here.
    private static Optional<MidClass> midClass(Section section) {
        String word = section.text("mid_class");
        Optional<MidClass> found =
                Arrays.stream(MidClass.values())
                        .filter(midClass -> midClass.name().equals(word))
                        .findFirst();
        if (found.isEmpty() && section.isSound("mid_class")) {
            String allowed =
                    Arrays.stream(MidClass.values())
                            .map(midClass -> "'" + midClass + "'")
                            .collect(Collectors.joining(", "));
            section.refuse("mid_class", "is '%s', allowed %s".formatted(word, allowed));
        }
        return found;
    }

    private CommunityPlan.Participant participant(Section section) {
        String name = name(section);
        int share = (int) section.integer("share_ppm", 0, ParticipantEntry.WHOLE);
        return new CommunityPlan.Participant(name, keys.publicKey(section), share);
    }

    private static void checkShares(
            List<Section> sections, List<CommunityPlan.Participant> participants) {
        boolean sound = sections.stream().allMatch(section -> section.isSound("share_ppm"));
        long sum =
                participants.stream()
                        .mapToLong(CommunityPlan.Participant::sharePartsPerMillion)
                        .sum();
        if (sections.isEmpty() || !sound || sum == ParticipantEntry.WHOLE) {
            return;
        }
        sections.getLast()
                .refuse(
                        "share_ppm",
                        "is %d: all shares add up to %d ppm, expected exactly %d ppm"
                                .formatted(
                                        participants.getLast().sharePartsPerMillion(),
                                        sum,
                                        ParticipantEntry.WHOLE));
    }

    private CommunityPlan.Node node(Section section) {
        String name = name(section);
        String listen = section.text("listen");
        if (section.isSound("listen")) {
            ListenAddress.problem(listen)
                    .ifPresent(problem ->
                            section.refuse("listen", "is '%s', %s".formatted(listen, problem)));
            listens.claim(section, "listen", listen);
        }
        return new CommunityPlan.Node(name, keys.tokenOrTrial(section), listen);
    }
}

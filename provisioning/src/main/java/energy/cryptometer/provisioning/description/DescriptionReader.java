package energy.cryptometer.provisioning.description;

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

/// Reads the description of a community and reports all its contradictions at once.
public final class DescriptionReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Configuration configuration;
    private final UniqueValues names =
            new UniqueValues("name")
                    .reserve(Role.AUTHORITY.word(), "the grid operator")
                    .reserve(Role.PLANT.word(), "the virtual power plant");
    private final UniqueValues serials = new UniqueValues("serial");
    private final UniqueValues addresses = new UniqueValues("address");
    private final KeySourceReader keys = new KeySourceReader();

    private DescriptionReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /// Reads the file.
    ///
    /// @throws CommandFailure CONFIG with every problem
    public static CommunityDescription read(Path file) {
        return new DescriptionReader(Configuration.read(file)).read();
    }

    private CommunityDescription read() {
        Supplier<CommunityDescription.Parameters> parameters = ParametersReader.read(configuration);
        boolean hardware = ParametersReader.hardwareKeysRequired(configuration);
        List<Supplier<CommunityDescription.Meter>> meters =
                members("meter", Genesis.MAX_METERS).stream()
                        .map(section -> meter(section, hardware))
                        .toList();
        List<Section> shareholders = members("participant", Genesis.MAX_PARTICIPANTS);
        List<CommunityDescription.Participant> participants =
                shareholders.stream().map(this::participant).toList();
        checkShares(shareholders, participants);
        List<Supplier<CommunityDescription.Node>> nodes =
                members("node", NodeSet.MAX_NODES).stream().map(this::node).toList();
        configuration.orFail();
        return new CommunityDescription(
                parameters.get(),
                meters.stream().map(Supplier::get).toList(),
                participants,
                nodes.stream().map(Supplier::get).toList());
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
            names.add(section, "name", name);
        }
        return name;
    }

    private Supplier<CommunityDescription.Meter> meter(Section section, boolean hardware) {
        String name = name(section);
        String serial = section.text("serial");
        int bytes = serial.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MeterEntry.MAX_SERIAL_BYTES) {
            section.refuse(
                    "serial",
                    "has %d bytes, at most %d".formatted(bytes, MeterEntry.MAX_SERIAL_BYTES));
        }
        if (section.isSound("serial")) {
            serials.add(section, "serial", serial);
        }
        Optional<MidClass> midClass = midClass(section);
        int constant = (int) section.integer("constant", 1, PulseConstant.MAX);
        int power = (int) section.integer("rated_power_watts", 1, MeterEntry.MAX_RATED_POWER_WATTS);
        KeySource key = keys.any(section);
        if (hardware && !section.has("pkcs11") && !section.has("public_key")) {
            section.refuse(
                    "pkcs11",
                    "is missing, and so is 'public_key': the community requires hardware keys, a"
                            + " trial key is refused");
        }
        return () ->
                new CommunityDescription.Meter(
                        name,
                        serial,
                        key,
                        new CommunityDescription.Plate(
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

    private CommunityDescription.Participant participant(Section section) {
        String name = name(section);
        int share = (int) section.integer("share_ppm", 0, ParticipantEntry.WHOLE);
        return new CommunityDescription.Participant(name, keys.publicKey(section), share);
    }

    private static void checkShares(
            List<Section> sections, List<CommunityDescription.Participant> participants) {
        boolean sound = sections.stream().allMatch(section -> section.isSound("share_ppm"));
        long sum =
                participants.stream()
                        .mapToLong(CommunityDescription.Participant::sharePartsPerMillion)
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

    private Supplier<CommunityDescription.Node> node(Section section) {
        String name = name(section);
        Optional<ListenAddress> listen = listenAddress(section);
        KeySource key = keys.tokenOrTrial(section);
        return () -> new CommunityDescription.Node(name, key, listen.orElseThrow());
    }

    private Optional<ListenAddress> listenAddress(Section section) {
        String text = section.text("listen");
        if (!section.isSound("listen")) {
            return Optional.empty();
        }
        try {
            ListenAddress address = ListenAddress.parse(text);
            addresses.add(section, "listen", address);
            return Optional.of(address);
        } catch (IllegalArgumentException refusal) {
            section.refuse("listen", "is '%s', %s".formatted(text, refusal.getMessage()));
            return Optional.empty();
        }
    }
}

package energy.cryptometer.demo;

import energy.cryptometer.command.Json;
import energy.cryptometer.firmware.profile.Profile;
import energy.cryptometer.firmware.profile.ProfileColumns;
import energy.cryptometer.firmware.profile.ProfileReader;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the demonstration lives: a folder with the community, its keys, its configurations, its
/// journals and its logs.
final class Site {
    static final Duration STEP = Duration.ofSeconds(10);
    static final Duration COLLECT = Duration.ofSeconds(2);
    static final Duration PROPOSE = Duration.ofSeconds(4);

    /// Every allocation may round each participant by less than one milliwatt-hour; the longest
    /// demonstration has no more allocations than this.
    static final long LARGEST_ROUNDING = 200;

    private static final List<Path> SOFTHSM =
            List.of(
                    Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

    private final Path folder;
    private final Scenario scenario;
    private final int port = freePort();

    Site(Path folder, Scenario scenario) {
        this.folder = folder;
        this.scenario = scenario;
    }

    Path folder() {
        return folder;
    }

    Path community() {
        return folder.resolve("community");
    }

    Path genesis() {
        return community().resolve("genesis.cbor");
    }

    String node() {
        return "coap://127.0.0.1:" + port;
    }

    Path meterConfiguration(String name) {
        return folder.resolve("meter-" + name + ".toml");
    }

    Path nodeConfiguration() {
        return folder.resolve("node.toml");
    }

    Path journal(String name) {
        return folder.resolve("meter-" + name + ".db");
    }

    /// What child processes must find in their environment.
    Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    }

    /// The PKCS#11 module of SoftHSM, where it is installed.
    static Optional<Path> softToken() {
        return SOFTHSM.stream().filter(Files::isReadable).findFirst();
    }

    private static int freePort() {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes tokens, keys, genesis and configurations.
    ///
    /// @param origin start of the first market step and of every profile
    void setUp(Programs programs, Instant origin) {
        try {
            Files.createDirectories(folder.resolve("tokens"));
            Files.writeString(
                    folder.resolve("softhsm2.conf"),
                    "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
                            .formatted(folder.resolve("tokens")));
            for (Scenario.Generator generator : scenario.generators()) {
                if (inToken(generator)) {
                    makeToken(programs, generator);
                }
            }
            Path plan = folder.resolve("community.toml");
            Files.writeString(plan, communityPlan(origin));
            String _ =
                    programs.askWell(
                            "provision",
                            List.of(
                                    "community",
                                    "init",
                                    "--file",
                                    plan.toString(),
                                    "--out",
                                    community().toString()));
            for (Scenario.Generator generator : scenario.generators()) {
                if (generator.profile().isEmpty()) {
                    writeBuiltIn(generator);
                }
                Files.writeString(
                        meterConfiguration(generator.name()), meterPlan(generator, origin));
            }
            Files.writeString(nodeConfiguration(), nodePlan());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean inToken(Scenario.Generator generator) {
        return generator.hardwareKey() && softToken().isPresent();
    }

    private void makeToken(Programs programs, Scenario.Generator generator) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String pin = HexFormat.of().formatHex(random);
        Path file = folder.resolve("pin-" + generator.name());
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pin);
        String _ =
                programs.askWell(
                        "softhsm2-util",
                        List.of(
                                "--init-token",
                                "--free",
                                "--label",
                                token(generator),
                                "--pin",
                                pin,
                                "--so-pin",
                                pin));
    }

    private static String token(Scenario.Generator generator) {
        return "demo-" + generator.name();
    }

    private String keyUri(Scenario.Generator generator) {
        return "pkcs11:token=%s;object=meter-key?module-path=%s"
                .formatted(token(generator), softToken().orElseThrow());
    }

    private String communityPlan(Instant origin) {
        StringBuilder plan = new StringBuilder();
        plan.append(
                """
                [community]
                name = "Table 1"
                origin = %s
                step_seconds = %d
                collect_seconds = %d
                propose_seconds = %d
                max_pulses_per_transaction = %d
                """
                        .formatted(
                                origin,
                                STEP.toSeconds(),
                                COLLECT.toSeconds(),
                                PROPOSE.toSeconds(),
                                scenario.maxPulses()));
        for (Scenario.Generator generator : scenario.generators()) {
            plan.append(
                    """
                    [[meter]]
                    name = "%s"
                    serial = "DEMO-%s"
                    mid_class = "B"
                    constant = %d
                    rated_power_watts = 100000000
                    """
                            .formatted(generator.name(), generator.name(), Scenario.CONSTANT));
            if (inToken(generator)) {
                plan.append(
                        "pkcs11 = \"%s\"%npin_file = \"pin-%s\"%n"
                                .formatted(keyUri(generator), generator.name()));
            }
        }
        for (Scenario.Share share : scenario.shares()) {
            plan.append(
                    "[[participant]]%nname = \"%s\"%nshare_ppm = %d%n"
                            .formatted(share.name(), share.partsPerMillion()));
        }
        return plan.append(
                        "[[node]]%nname = \"node-1\"%nlisten = \"127.0.0.1:%d\"%n".formatted(port))
                .toString();
    }

    private String meterPlan(Scenario.Generator generator, Instant origin) {
        String key =
                inToken(generator)
                        ? "pkcs11 = \"%s\"%npin_file = \"pin-%s\""
                                .formatted(keyUri(generator), generator.name())
                        : "trial_key = \"community/meters/%1$s/key.p12\"%npin_file = \"community/meters/%1$s/pin\""
                                .formatted(generator.name());
        return """
        [meter]
        genesis = "community/genesis.cbor"
        journal = "meter-%s.db"
        [source]
        type = "profile"
        file = "%s"
        column = "%s"
        time_lapse = %s
        start = %s
        [key]
        %s
        [forward]
        nodes = ["%s"]
        retry_max_ms = 1000
        [sign]
        max_pulses_per_transaction = %d
        """
                .formatted(
                        generator.name(),
                        profileFile(generator),
                        generator.column(),
                        generator.timeLapse().toPlainString(),
                        origin,
                        key,
                        node(),
                        scenario.maxPulses());
    }

    /// The power behind a generator's meter.
    Profile profile(Scenario.Generator generator) {
        return ProfileReader.read(
                profileFile(generator),
                new ProfileColumns(generator.column(), ProfileColumns.TIMESTAMP_END),
                new PulseConstant(Scenario.CONSTANT));
    }

    private Path profileFile(Scenario.Generator generator) {
        return generator
                .profile()
                .map(Path::toAbsolutePath)
                .orElseGet(() -> folder.resolve("profile-" + generator.name() + ".csv"));
    }

    /// Fifteen minutes in three intervals of five, as a meter's data logger would write them.
    private void writeBuiltIn(Scenario.Generator generator) throws IOException {
        List<String> lines = new ArrayList<>(List.of("timestamp_end," + generator.column()));
        Instant end = Instant.parse("2026-06-21T10:00:00Z");
        for (int watts : generator.meanWatts()) {
            end = end.plus(Duration.ofMinutes(5));
            lines.add(end + "," + watts);
        }
        Files.write(profileFile(generator), lines);
    }

    private String nodePlan() {
        return """
        [node]
        genesis = "community/genesis.cbor"
        store = "node.db"
        listen = "127.0.0.1:%d"
        [key]
        trial_key = "community/nodes/node-1/key.p12"
        pin_file = "community/nodes/node-1/pin"
        [vrf]
        secret_file = "community/nodes/node-1/vrf.key"
        [plant]
        trial_key = "community/plant/key.p12"
        pin_file = "community/plant/pin"
        """
                .formatted(port);
    }

    /// Account ids by name, from the file the grid operator keeps.
    String account(String name) {
        try {
            Path file = community().resolve("accounts.json");
            Json accounts = Json.readObject(Files.readString(file), file.toString());
            return accounts.object(name).text("account");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

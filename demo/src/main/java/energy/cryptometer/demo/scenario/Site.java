package energy.cryptometer.demo.scenario;

import energy.cryptometer.command.Json;
import energy.cryptometer.demo.process.Processes;
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

/// The folder of the demonstration: the community, its keys, its configurations, its journals and
/// its logs.
public final class Site {
    public static final Duration STEP = Duration.ofSeconds(10);
    static final Duration COLLECT = Duration.ofSeconds(2);
    static final Duration PROPOSE = Duration.ofSeconds(4);

    /// Every allocation may round each participant by less than one milliwatt-hour; the longest
    /// demonstration has no more allocations than this.
    public static final long LARGEST_ROUNDING = 200;

    private static final List<Path> SOFTHSM =
            List.of(
                    Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
                    Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

    private final Path folder;
    private final Scenario scenario;
    private final int port = freePort();

    public Site(Path folder, Scenario scenario) {
        this.folder = folder;
        this.scenario = scenario;
    }

    public Path folder() {
        return folder;
    }

    Path community() {
        return folder.resolve("community");
    }

    public Path genesis() {
        return community().resolve("genesis.cbor");
    }

    int port() {
        return port;
    }

    public String node() {
        return "coap://127.0.0.1:" + port;
    }

    public Path meterConfiguration(String name) {
        return folder.resolve("meter-" + name + ".toml");
    }

    public Path nodeConfiguration() {
        return folder.resolve("node.toml");
    }

    public Path journal(String name) {
        return folder.resolve("meter-" + name + ".db");
    }

    /// What child processes must find in their environment.
    public Map<String, String> environment() {
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
    public void setUp(Processes processes, Instant origin) {
        try {
            Files.createDirectories(folder.resolve("tokens"));
            Files.writeString(
                    folder.resolve("softhsm2.conf"),
                    "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
                            .formatted(folder.resolve("tokens")));
            for (Scenario.Generator generator : scenario.generators()) {
                if (inToken(generator)) {
                    makeToken(processes, generator);
                }
            }
            var texts = new SiteConfigurations(this, scenario);
            Path description = folder.resolve("community.toml");
            Files.writeString(description, texts.community(origin));
            String _ =
                    processes.run(
                            "provision",
                            List.of(
                                    "community",
                                    "init",
                                    "--file",
                                    description.toString(),
                                    "--out",
                                    community().toString()));
            for (Scenario.Generator generator : scenario.generators()) {
                if (generator.profile().isEmpty()) {
                    writeBuiltIn(generator);
                }
                Files.writeString(
                        meterConfiguration(generator.name()), texts.meter(generator, origin));
            }
            Files.writeString(nodeConfiguration(), texts.node());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean inToken(Scenario.Generator generator) {
        return generator.hardwareKey() && softToken().isPresent();
    }

    private void makeToken(Processes processes, Scenario.Generator generator) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String pin = HexFormat.of().formatHex(random);
        Path file = folder.resolve("pin-" + generator.name());
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pin);
        String _ =
                processes.run(
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

    String keyUri(Scenario.Generator generator) {
        return "pkcs11:token=%s;object=meter-key?module-path=%s"
                .formatted(token(generator), softToken().orElseThrow());
    }

    /// The power behind a generator's meter.
    public Profile profile(Scenario.Generator generator) {
        return ProfileReader.read(
                profileFile(generator),
                new ProfileColumns(generator.column(), ProfileColumns.TIMESTAMP_END),
                new PulseConstant(Scenario.CONSTANT));
    }

    Path profileFile(Scenario.Generator generator) {
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

    /// Account ids by name, from the file the grid operator keeps.
    public String account(String name) {
        try {
            Path file = community().resolve("accounts.json");
            Json accounts = Json.readObject(Files.readString(file), file.toString());
            return accounts.object(name).text("account");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete() {
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

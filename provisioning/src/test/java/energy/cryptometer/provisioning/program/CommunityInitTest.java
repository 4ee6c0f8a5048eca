package energy.cryptometer.provisioning.program;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Entry;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.SelectionRule;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommunityInitTest {
    @TempDir private Path folder;

    private Path description(String text) throws IOException {
        return Files.writeString(folder.resolve("community.toml"), text);
    }

    private Genesis genesis(Path out) throws IOException, MalformedException {
        return GenesisCodec.decode(Files.readAllBytes(out.resolve("genesis.cbor")));
    }

    @Test
    void theGenesisSaysWhatTheDescriptionSays() throws IOException, MalformedException {
        Path out = folder.resolve("street");
        Run run = Run.init(description(Description.TABLE_ONE), out, "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();

        Genesis genesis = genesis(out);
        assertThat(genesis.name()).isEqualTo("Example street");
        assertThat(genesis.schedule().origin()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(genesis.schedule().length()).isEqualTo(Duration.ofSeconds(10));
        assertThat(genesis.schedule().collect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(genesis.schedule().propose()).isEqualTo(Duration.ofSeconds(3));
        assertThat(genesis.policy()).isEqualTo(new Genesis.Policy(1, false));
        assertThat(genesis.election().rule()).isEqualTo(SelectionRule.WEALTH_OVER_UNIFORM);

        Json said = Json.readObject(run.out(), "output");
        assertThat(said.text("community")).isEqualTo(genesis.community().toString());
        assertThat(said.integer("trialKeys")).isEqualTo(8);
        Json accounts = said.object("accounts");
        assertThat(Files.readString(out.resolve("accounts.json")))
                .isEqualToIgnoringNewLines(accounts.toString());
        assertThat(accounts.keys())
                .containsExactlyInAnyOrder(
                        "authority", "plant", "A", "B", "X", "Y", "node-1", "node-2");
        assertThat(accounts.object("plant").text("account"))
                .isEqualTo(genesis.plantAccount().toString());
        var meter = genesis.meter(account(accounts, "B")).orElseThrow();
        assertThat(meter.serial()).isEqualTo("SDM-0002");
        assertThat(meter.midClass()).isEqualTo(MidClass.C);
        assertThat(meter.constant().pulsesPerKilowattHour()).isEqualTo(800);
        assertThat(meter.ratedPowerWatts()).isEqualTo(5000);
        assertThat(accounts.object("B").text("keyId")).isEqualTo(meter.key().id().toString());
        assertThat(genesis.participants())
                .filteredOn(found -> found.account().equals(account(accounts, "X")))
                .singleElement()
                .satisfies(found -> assertThat(found.sharePartsPerMillion()).isEqualTo(320_000));
        assertThat(genesis.nodes().nodes())
                .map(Entry::account)
                .containsExactlyInAnyOrder(
                        account(accounts, "node-1"), account(accounts, "node-2"));
    }

    private static AccountId account(Json accounts, String name) {
        return AccountId.ofHex(accounts.object(name).text("account"));
    }

    @Test
    void theReadyConfigurationsOpenTheKeysOfTheGenesis() throws IOException, MalformedException {
        Path out = folder.resolve("street");
        assertThat(Run.init(description(Description.TABLE_ONE), out).exitCode()).isZero();
        Genesis genesis = genesis(out);

        var meter = Configuration.read(out.resolve("meters/A/cryptometer.toml"));
        assertThat(meter.section("meter").path("genesis")).exists();
        assertThat(meter.section("meter").path("journal"))
                .isEqualTo(out.resolve("meters/A/journal.db"));
        assertThat(meter.section("forward").texts("nodes"))
                .containsExactly("coap://127.0.0.1:5683", "coap://[::1]:5684");
        KeySection meterKey = KeySection.read(meter.section("key"));
        meter.orFail();
        try (KeySigner signer = meterKey.signer()) {
            assertThat(genesis.meter(AccountId.of(signer.publicKey()))).isPresent();
        }

        var node = Configuration.read(out.resolve("nodes/node-1/node.toml"));
        assertThat(node.section("node").path("genesis")).exists();
        assertThat(node.section("node").text("listen")).isEqualTo("127.0.0.1:5683");
        node.section("node").path("store");
        Path drawing = node.section("vrf").path("secret_file");
        KeySection nodeKey = KeySection.read(node.section("key"));
        KeySection plantKey = KeySection.read(node.section("plant"));
        node.orFail();
        try (KeySigner signer = nodeKey.signer();
                KeySigner plant = plantKey.signer()) {
            assertThat(plant.publicKey()).isEqualTo(genesis.plant());
            int index = genesis.nodes().indexOf(signer.publicKey().id()).orElseThrow();
            byte[] scalar = HexFormat.of().parseHex(Files.readString(drawing).strip());
            assertThat(VrfSecretKey.of(scalar).publicKey())
                    .isEqualTo(genesis.nodes().get(index).vrfKey());
        }
        var second = Configuration.read(out.resolve("nodes/node-2/node.toml"));
        assertThat(second.optionalSection("plant")).isEmpty();
    }

    @Test
    void nobodyElseMayReadAnythingAndNoSecretIsPrinted() throws IOException {
        Path out = folder.resolve("street");
        Run run = Run.init(description(Description.TABLE_ONE), out);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("node-1", "trial");
        try (Stream<Path> all = Files.walk(out)) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(mode)
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                String name = path.getFileName().toString();
                if (name.equals("pin") || name.equals("vrf.key")) {
                    assertThat(run.out() + run.err())
                            .doesNotContain(Files.readString(path).strip());
                }
            }
        }
        assertThat(Files.readString(out.resolve("plant/pin"))).matches("[A-Za-z0-9_-]{32}\n");
    }

    @Test
    void aSecondRunRefusesAndChangesNothing() throws IOException {
        Path out = Files.createDirectory(folder.resolve("street"));
        Path file = description(Description.TABLE_ONE);
        assertThat(Run.init(file, out).exitCode()).as("an empty folder is taken").isZero();
        byte[] before = Files.readAllBytes(out.resolve("authority/key.p12"));
        Run second = Run.init(file, out);
        assertThat(second.exitCode()).isEqualTo(73);
        assertThat(second.err())
                .isEqualToIgnoringNewLines(
                        out
                                + " exists and is not an empty folder; keys are never overwritten:"
                                + " choose another");
        assertThat(Files.readAllBytes(out.resolve("authority/key.p12"))).isEqualTo(before);
        assertThat(Run.init(file, file).exitCode()).as("a file is refused").isEqualTo(73);
    }

    @Test
    void aFailureInTheMiddleLeavesNothing() throws IOException {
        Path out = folder.resolve("street");
        String token =
                """
                rated_power_watts = 5000
                pkcs11 = 'pkcs11:token=none;object=a?module-path=/nowhere/p11.so'
                pin_file = 'pin'\
                """;
        String text = Description.TABLE_ONE.replace("rated_power_watts = 5000", token);
        Run run = Run.init(description(text), out);
        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err().lines()).hasSize(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactly("community.toml");
        }
    }

    @Test
    void aKeyThatIsKnownStandsInTheGenesisAndNoKeyIsMade() throws IOException, MalformedException {
        Run made = Run.provision("key", "init", "--out", folder.resolve("own"), "--json");
        Json key = Json.readObject(made.out(), "output");
        String text =
                Description.TABLE_ONE.replace(
                        "share_ppm = 320000",
                        "share_ppm = 320000\npublic_key = '%s'".formatted(key.text("publicKey")));
        Path out = folder.resolve("street");
        assertThat(Run.init(description(text), out).exitCode()).isZero();
        assertThat(genesis(out).participants())
                .map(found -> found.account().toString())
                .contains(key.text("account"));
        assertThat(out.resolve("participants/X")).doesNotExist();
        assertThat(out.resolve("participants/Y/key.p12")).exists();
    }
}

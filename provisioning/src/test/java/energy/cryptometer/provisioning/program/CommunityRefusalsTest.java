package energy.cryptometer.provisioning.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunityRefusalsTest {
    @TempDir private Path folder;

    private Run init(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("c.toml"), text);
        Run run = Run.init(file, folder.resolve("out"));
        assertThat(folder.resolve("out")).doesNotExist();
        return run;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "origin = 2026-11-22T00:00:00Z|origin = 2026-11-22T00:00:05Z|'community.origin' is 2026-11-22T00:00:05Z, no multiple of the step length 10 s since 1970: the nearest are 2026-11-22T00:00:00Z and 2026-11-22T00:00:10Z",
                "origin = 2026-11-22T00:00:00Z|origin = 1969-01-01T00:00:00Z|'community.origin' is 1969-01-01T00:00:00Z, allowed whole seconds since 1970",
                "origin = 2026-11-22T00:00:00Z|#|'community.origin' is missing",
                "step_seconds = 10|step_seconds = 86401|'community.step_seconds' is 86401, allowed 1 to 86400",
                "propose_seconds = 3|propose_seconds = 10|'community.propose_seconds' is 10, allowed less than the step length 10",
                "collect_seconds = 2|collect_seconds = 3|'community.collect_seconds' is 3, allowed less than propose_seconds 3",
                "\"Example street\"|\"äääääääääääääääääääääääääääääääää\"|'community.name' has 66 bytes, at most 64",
                "serial = \"SDM-0002\"|serial = \"SDM-0001\"|'meter[2].serial' is the serial of meter[1] already",
                "serial = \"SDM-0002\"|serial = \"123456789012345678901234567890123\"|'meter[2].serial' has 33 bytes, at most 32",
                "name = \"B\"|name = \"A\"|'meter[2].name' is the name of meter[1] already",
                "name = \"Y\"|name = \"A\"|'participant[2].name' is the name of meter[1] already",
                "name = \"Y\"|name = \"plant\"|'participant[2].name' is the name of the virtual power plant already",
                "name = \"Y\"|name = \"../Y\"|'participant[2].name' is '../Y', allowed 1 to 64 of A-Z a-z 0-9 . _ - and no . _ - first",
                "mid_class = \"C\"|mid_class = \"D\"|'meter[2].mid_class' is 'D', allowed 'A', 'B', 'C'",
                "constant = 800|constant = 0|'meter[2].constant' is 0, allowed 1 to 1000000",
                "constant = 800|constant = 800\\nmidclass = 3|'meter[2].midclass' is not known here: did you mean 'mid_class'?",
                "share_ppm = 680000|share_ppm = 680001|'participant[2].share_ppm' is 680001: all shares add up to 1000001 ppm, expected exactly 1000000 ppm",
                "share_ppm = 680000|share_ppm = -1|'participant[2].share_ppm' is -1, allowed 0 to 1000000",
                "share_ppm = 680000|share_ppm = 680000\\npublic_key = \"04ab\"|'participant[2].public_key' has 4 characters, expected 66 hexadecimal digits",
                "share_ppm = 680000|share_ppm = 680000\\npublic_key = \"02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"|'participant[2].public_key' is refused: ",
                "listen = \"[::1]:5684\"|listen = \"127.0.0.1:5683\"|'node[2].listen' is the address of node[1] already",
                "listen = \"[::1]:5684\"|listen = \"0.0.0.0:5683\"|'node[2].listen' is '0.0.0.0:5683', which no meter can send to",
                "listen = \"[::1]:5684\"|listen = \"localhost\"|'node[2].listen' is 'localhost', allowed host:port or [IPv6]:port, with a port from 1 to 65535",
                "listen = \"[::1]:5684\"|listen = \"localhost:65536\"|'node[2].listen' is 'localhost:65536', allowed host:port or [IPv6]:port, with a port from 1 to 65535",
                "rated_power_watts = 5000|rated_power_watts = 5000\\npkcs11 = \"pkcs11:object=a\"|'meter[2].pin_file' is missing",
                "rated_power_watts = 5000|rated_power_watts = 5000\\npkcs11 = \"pkcs11:token=a\"\\npin_file = \"p\"|'meter[2].pkcs11' names no object: add object=LABEL",
                "rated_power_watts = 5000|rated_power_watts = 5000\\npkcs11 = \"pkcs11:bogus=a\"\\npin_file = \"p\"|'meter[2].pkcs11' is refused: ",
            })
    void oneMistakeIsOneLine(String right, String wrong, String expected) throws IOException {
        assertThat(Description.TABLE_ONE).contains(right);
        Run run = init(Description.TABLE_ONE.replace(right, wrong.replace("\\n", "\n")));
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err().lines()).singleElement().asString().contains("key " + expected);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "300|500|199|'election.beta' is 500: alpha, beta and gamma add up to 999, expected exactly 1000 per mille",
                "250|500|250|'election.gamma' is 250, allowed less than alpha 250",
                "400|400|200|'election.alpha' is 400, allowed less than beta 400",
                "300|1001|200|'election.beta' is 1001, allowed 0 to 1000",
            })
    void theWeightsOfTheElectionKeepTheirOrder(int alpha, int beta, int gamma, String expected)
            throws IOException {
        String election =
                "[election]\nalpha = %d\nbeta = %d\ngamma = %d\n".formatted(alpha, beta, gamma);
        Run run = init(Description.TABLE_ONE + election);
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err().lines()).singleElement().asString().contains("key " + expected);
    }

    @Test
    void everyProblemIsToldAtOnce() throws IOException {
        String wrong =
                Description.TABLE_ONE
                                .replace("SDM-0002", "SDM-0001")
                                .replace("680000", "680001")
                                .replace("step_seconds = 10", "step_seconds = 7")
                                .replace("[::1]:5684", "127.0.0.1:5683")
                        + "[election]\nalpha = 500\nbeta = 300\ngamma = 600\nrule = \"luck\"\n";
        Run run = init(wrong);
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err().lines().map(line -> line.replaceAll(".*key '([^']*)'.*", "$1")))
                .containsExactly(
                        "community.origin",
                        "meter[2].serial",
                        "participant[2].share_ppm",
                        "node[2].listen",
                        "election.alpha",
                        "election.beta",
                        "election.gamma",
                        "election.rule");
    }

    @Test
    void anEmptyDescriptionSaysWhatIsMissing() throws IOException {
        Run run = init("");
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err())
                .contains(
                        "section [community] is missing",
                        "0 of [[meter]], allowed 1 to 500",
                        "0 of [[participant]], allowed 1 to 400",
                        "0 of [[node]], allowed 1 to 200");
    }

    @Test
    void aKeyStandsOnlyOnce() throws IOException {
        Run made = Run.provision("key", "init", "--out", folder.resolve("own"));
        String key = made.out().lines().findFirst().orElseThrow().replace("public key", "").strip();
        Run run =
                init(
                        Description.TABLE_ONE
                                .replace(
                                        "share_ppm = 680000",
                                        "share_ppm = 680000\npublic_key = '%s'".formatted(key))
                                .replace(
                                        "constant = 800",
                                        "constant = 800\npublic_key = '%s'".formatted(key)));
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err())
                .contains("'participant[2].public_key' is the key of meter[2] already");
    }

    @Test
    void aCommunityOfHardwareKeysHasNoTrialMeter() throws IOException {
        Run run =
                init(
                        Description.TABLE_ONE.replace(
                                "[community]", "[community]\nhardware_keys_required = true"));
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("a trial key is refused"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("c.toml"), Description.TABLE_ONE);
        Run run = Run.init(file, Path.of("/proc/street"));
        assertThat(run.exitCode()).isIn(66, 74, 77);
        assertThat(run.err().lines()).singleElement().asString().contains("/proc");
    }
}

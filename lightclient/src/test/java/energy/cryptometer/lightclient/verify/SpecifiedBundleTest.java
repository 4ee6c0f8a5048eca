package energy.cryptometer.lightclient.verify;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The worked example of `docs/spec/files.md`, put together there without this module's code.
class SpecifiedBundleTest {
    private static final Path SPEC = Path.of("..", "docs", "spec");

    private static byte[] example(String page, String name) throws IOException {
        Matcher block =
                Pattern.compile("```hex " + name + "\n([0-9a-f\n]+)```")
                        .matcher(Files.readString(SPEC.resolve(page)));
        assertThat(block.find()).as("%s in %s", name, page).isTrue();
        return HexFormat.of().parseHex(block.group(1).replace("\n", ""));
    }

    @Test
    void theSpecifiedBundleIsProven() throws Exception {
        Genesis genesis = GenesisCodec.decode(example("genesis.md", "genesis-signed"));
        byte[] encoded = example("files.md", "bundle");
        Instant now = genesis.schedule().origin().plus(genesis.schedule().length());
        Finding<ProofBundle> finding =
                new ProofVerifier(genesis, Policy.USUAL).bundle(encoded, now);
        assertThat(finding).isInstanceOf(Finding.Proven.class);
        assertThat(((Finding.Proven<ProofBundle>) finding).value().encode(genesis.community()))
                .isEqualTo(encoded);
    }
}

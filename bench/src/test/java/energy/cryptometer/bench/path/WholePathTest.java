package energy.cryptometer.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WholePathTest {
    /// The processes themselves insist that every pulse is sent and proven.
    @ParameterizedTest
    @EnumSource(Rhythm.class)
    @Tag("slow")
    @Tag("coap")
    void everyPulseIsFollowedToItsProof(Rhythm rhythm, @TempDir Path folder) throws IOException {
        Map<String, Double> figures =
                WholePath.measure(folder, rhythm, new WholePath.Load(1, 2, 25));

        assertThat(figures).hasSize(3 + Part.values().length);
        assertThat(figures.values()).allMatch(microseconds -> microseconds > 0);
        assertThat(folder).isEmptyDirectory();
    }
}

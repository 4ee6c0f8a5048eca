package energy.cryptometer.hal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trains as they are seen at meters. They are made by a program, not recorded from devices; a
/// recording in the same form takes its place beside them.
final class TrainFilesTest {
    private static List<String> lines(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        TrainFilesTest.class.getResourceAsStream(name + ".csv"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("micros"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "optocoupler-30ms, 40, 0",
        "reed-contact-bounce, 30, 0",
        "contactor-nearby, 25, 51",
        "long-cable, 30, 0",
    })
    void everyPulseOfTheFileCountsOnceAndNothingElse(String name, int pulses, int rejected)
            throws IOException {
        PulseFilter filter = PulseFilter.start(PulseRule.USUAL);
        int counted = 0;
        int tooShort = 0;
        for (String line : lines(name)) {
            String[] words = line.split(",", -1);
            long nanos = Long.parseLong(words[0]) * 1_000;
            filter = filter.after(new Edge(nanos, words[1].equals("1"), filter.lastSequence() + 1));
            counted += filter.outcome() instanceof FilterOutcome.Counted ? 1 : 0;
            tooShort +=
                    filter.outcome() instanceof FilterOutcome.Ended(long _, boolean accepted)
                                    && !accepted
                            ? 1
                            : 0;
        }
        filter = filter.at(Long.MAX_VALUE / 2);
        tooShort +=
                filter.outcome() instanceof FilterOutcome.Ended(long _, boolean accepted)
                                && !accepted
                        ? 1
                        : 0;
        assertThat(counted).isEqualTo(pulses);
        assertThat(tooShort).isEqualTo(rejected);
    }
}

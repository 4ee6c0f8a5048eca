package energy.cryptometer.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Streams streams = new Streams();

    @Test
    void aLogGetsALineAtEachTenth() {
        try (var progress = new Progress(streams.terminal(false), "Reading blocks", 1000)) {
            for (int i = 0; i <= 1000; i++) {
                progress.reached(i);
            }
        }
        assertThat(streams.err().lines())
                .hasSize(11)
                .startsWith("Reading blocks: 0 % (0 of 1000)")
                .endsWith("Reading blocks: 100 % (1000 of 1000)");
    }

    @Test
    void aScreenGetsOneBarThatGrows() {
        try (var progress = new Progress(streams.terminal(true), "Reading", Long.MAX_VALUE)) {
            progress.reached(Long.MAX_VALUE / 2 + 1);
            progress.reached(Long.MAX_VALUE);
        }
        assertThat(streams.err())
                .isEqualTo(
                        "\rReading [####################--------------------]  50 %"
                                + "\rReading [########################################] 100 %"
                                + System.lineSeparator());
    }

    @Test
    void noWorkIsDoneAtOnce() {
        try (var progress = new Progress(streams.terminal(false), "Reading", 0)) {
            progress.reached(0);
        }
        assertThat(streams.err()).startsWith("Reading: 100 %");
    }
}

package energy.cryptometer.hal.gpio;

import org.junit.jupiter.api.AfterEach;

final class PlayedLineTest implements LineRequestContract {
    private final PlayedLine line = new PlayedLine();
    private long time = 1_000_000_000;

    @Override
    public LineRequest request() {
        return line.request();
    }

    @Override
    public void pulse() {
        line.edge(time += 100_000_000, true);
        line.edge(time += 100_000_000, false);
    }

    @AfterEach
    void close() {
        line.close();
    }
}

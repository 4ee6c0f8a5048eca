package energy.cryptometer.hal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BlinkingLedTest {
    private static final long ENOUGH_SECONDS = 30;

    /// A lamp that notes what it is told.
    private static final class NotedLamp implements Led {
        private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
        private volatile boolean broken;

        @Override
        public void set(boolean lit) {
            if (broken) {
                throw new IllegalStateException("the wire is off");
            }
            notes.add(lit ? "lit" : "dark");
        }

        @Override
        public void close() {
            notes.add("closed");
        }

        String next() throws InterruptedException {
            return String.valueOf(notes.poll(ENOUGH_SECONDS, TimeUnit.SECONDS));
        }
    }

    private final NotedLamp lamp = new NotedLamp();

    @Test
    void nobodyCountsUntilSomebodySaysSo() throws InterruptedException {
        try (StatusLed _ = BlinkingLed.on(lamp)) {
            assertThat(lamp.next()).isEqualTo("lit");
        }
        assertThat(lamp.next()).isEqualTo("closed");
    }

    @Test
    void aFaultBlinks() throws InterruptedException {
        try (StatusLed light = BlinkingLed.on(lamp)) {
            assertThat(lamp.next()).isEqualTo("lit");
            light.show(Signal.KEY_FAULT);
            light.pulse();
            assertThat(lamp.next()).isEqualTo("dark");
            assertThat(lamp.next()).isEqualTo("lit");
            assertThat(lamp.next()).isEqualTo("dark");
        }
    }

    @Test
    void aLampThatFailsIsAProblemAndNothingElse() throws InterruptedException {
        try (StatusLed light = BlinkingLed.on(lamp)) {
            assertThat(lamp.next()).isEqualTo("lit");
            lamp.broken = true;
            light.show(Signal.KEY_FAULT);
            assertThat(lamp.next()).isEqualTo("closed");
            while (light.problem().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(light.problem()).contains("the wire is off");
            light.show(Signal.COUNTING);
            light.pulse();
        }
    }
}

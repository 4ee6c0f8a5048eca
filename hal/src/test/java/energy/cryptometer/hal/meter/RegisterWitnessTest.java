package energy.cryptometer.hal.meter;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.MeterModel.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RegisterWitnessTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final SimulatedLine line = new SimulatedLine(5_000);

    private RegisterWitness start(RegisterPort port) {
        return RegisterWitness.start(
                new MeterOnBus(
                        SimulatedLine.MODEL, 1, Direction.EXPORT, new MeterRating(1_000, 10_000)),
                port,
                clock,
                Duration.ofMillis(1));
    }

    private static VirtualPulses.Reading next(RegisterWitness witness) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        Optional<VirtualPulses.Reading> reading = witness.next();
        while (reading.isEmpty()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
            reading = witness.next();
        }
        return reading.get();
    }

    @Test
    void itGivesTheRegisterAsOftenAsItIsRead() throws InterruptedException {
        try (RegisterWitness witness = start(line)) {
            assertThat(next(witness).milliwattHours()).isEqualTo(5_000_000);
            line.grow(1);
            long deadline = System.nanoTime() + ENOUGH.toNanos();
            while (next(witness).milliwattHours() != 5_001_000) {
                assertThat(System.nanoTime() - deadline).isNegative();
            }
            assertThat(witness.trouble()).isEmpty();
            assertThat(witness.counters().get("answers")).isPositive();
            assertThat(witness.description()).contains("iEM3155 unit 1 on simulated line");
        }
    }

    @Test
    void closingEndsEvenAReadThatHangs() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        RegisterPort hanging =
                new RegisterPort() {
                    @Override
                    public RegisterAnswer read(RegisterRequest request)
                            throws InterruptedException {
                        asked.countDown();
                        new CountDownLatch(1).await();
                        return SimulatedLine.silence();
                    }

                    @Override
                    public String description() {
                        return "hanging line";
                    }

                    @Override
                    public void close() {}
                };
        RegisterWitness witness = start(hanging);
        assertThat(asked.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        witness.close();
        assertThat(witness.trouble()).isPresent();
    }
}

package energy.cryptometer.hal.meter.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.model.MeterModel.Direction;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.meter.polling.SimulatedLine;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.ReadRequest;
import energy.cryptometer.hal.modbus.ReadResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PolledRegisterTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final SimulatedLine line = new SimulatedLine(5_000);

    private PolledRegister start(ModbusClient port) {
        return PolledRegister.start(
                new MeterOnBus(
                        SimulatedLine.MODEL, 1, Direction.EXPORT, new MeterRating(1_000, 10_000)),
                port,
                clock,
                Duration.ofMillis(1));
    }

    private static RegisterReading next(PolledRegister register) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        Optional<RegisterReading> reading = register.next();
        while (reading.isEmpty()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
            reading = register.next();
        }
        return reading.get();
    }

    @Test
    void itGivesTheRegisterAsOftenAsItIsRead() throws InterruptedException {
        try (PolledRegister register = start(line)) {
            assertThat(next(register).milliwattHours()).isEqualTo(5_000_000);
            line.grow(1);
            long deadline = System.nanoTime() + ENOUGH.toNanos();
            while (next(register).milliwattHours() != 5_001_000) {
                assertThat(System.nanoTime() - deadline).isNegative();
            }
            assertThat(register.trouble()).isEmpty();
            assertThat(register.counters().get("answers")).isPositive();
            assertThat(register.description()).contains("iEM3155 unit 1 on simulated line");
        }
    }

    @Test
    void closingEndsEvenAReadThatHangs() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        ModbusClient hanging =
                new ModbusClient() {
                    @Override
                    public ReadResponse read(ReadRequest request) throws InterruptedException {
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
        PolledRegister register = start(hanging);
        assertThat(asked.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        register.close();
        assertThat(register.trouble()).isPresent();
    }
}

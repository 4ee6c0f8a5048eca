package energy.cryptometer.hal.meter.crosscheck;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.polling.MeterOnBus;
import energy.cryptometer.hal.meter.polling.PollCounters;
import energy.cryptometer.hal.meter.polling.PollSchedule;
import energy.cryptometer.hal.meter.polling.RegisterReader;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.modbus.ModbusClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Reads a meter's register at an interval on a thread of its own, so that counting never waits for
/// a serial line. Closes its port.
public final class PolledRegister implements ReferenceRegister {
    private final MeterOnBus meter;
    private final ModbusClient port;
    private final BoardClock clock;
    private final PollCounters statistics = new PollCounters();
    private final RegisterReader reader;
    private final AtomicReference<Optional<RegisterReading>> latest =
            new AtomicReference<>(Optional.empty());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private PollSchedule schedule;
    private volatile Optional<String> trouble = Optional.of("was not read yet");
    private volatile Map<String, Long> counters;

    private PolledRegister(
            MeterOnBus meter, ModbusClient port, BoardClock clock, Duration pollInterval) {
        this.meter = meter;
        this.port = port;
        this.clock = clock;
        reader = new RegisterReader(meter, port, clock, statistics);
        schedule = new PollSchedule(pollInterval, 0);
        counters = statistics.byName(0);
        thread = Thread.ofPlatform().name("reference register").daemon().unstarted(this::run);
    }

    /// Starts reading.
    public static PolledRegister start(
            MeterOnBus meter, ModbusClient port, BoardClock clock, Duration pollInterval) {
        PolledRegister register = new PolledRegister(meter, port, clock, pollInterval);
        register.thread.start();
        return register;
    }

    private void run() {
        try {
            do {
                poll();
            } while (!closed.await(schedule.untilNext().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            // only close() interrupts, and only to end a read
        } catch (RuntimeException e) {
            trouble =
                    Optional.of(
                            "stopped: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""));
        }
    }

    private void poll() throws InterruptedException {
        switch (reader.read()) {
            case RegisterReader.Result.Value(RegisterReading reading) -> {
                schedule = schedule.succeeded();
                trouble = Optional.empty();
                latest.set(Optional.of(reading));
            }
            case RegisterReader.Result.Failed(String reason) -> {
                schedule = schedule.failed();
                trouble = Optional.of(reason);
            }
        }
        counters = statistics.byName(port.echoes());
    }

    @Override
    public Optional<RegisterReading> next() {
        return latest.getAndSet(Optional.empty());
    }

    @Override
    public BoardClock.Reading now() {
        return clock.read();
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Map<String, Long> counters() {
        return counters;
    }

    @Override
    public String description() {
        return meter.description() + " on " + port.description();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        port.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package energy.cryptometer.hal.meter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A line with one meter whose register counts whole watt-hours (int64, as an iEM3155), and faults
/// on demand.
final class SimulatedLine implements RegisterPort {
    static final MeterModel MODEL = MeterModels.named("schneider-iem3155").orElseThrow();

    private final Queue<RegisterAnswer> faults = new ArrayDeque<>();
    private long wattHours;
    private long otherWattHours;

    SimulatedLine(long wattHours) {
        this.wattHours = wattHours;
    }

    synchronized void grow(long moreWattHours) {
        wattHours += moreWattHours;
    }

    /// The import register grows; the export register is the one that is counted.
    synchronized void growOther(long moreWattHours) {
        otherWattHours += moreWattHours;
    }

    /// The next answers of the export register are these, then the meter answers again.
    synchronized void fail(int times, RegisterAnswer fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    /// The answer of a meter that stands at `wattHours`.
    static RegisterAnswer showing(long wattHours) {
        return new RegisterAnswer.Words(
                List.of(
                        (int) (wattHours >>> 48 & 0xFFFF),
                        (int) (wattHours >>> 32 & 0xFFFF),
                        (int) (wattHours >>> 16 & 0xFFFF),
                        (int) (wattHours & 0xFFFF)));
    }

    static RegisterAnswer silence() {
        return new RegisterAnswer.Silent(Duration.ofSeconds(1));
    }

    @Override
    public synchronized RegisterAnswer read(RegisterRequest request) {
        if (request.address() == MODEL.importRegister()) {
            return showing(otherWattHours);
        }
        RegisterAnswer fault = faults.poll();
        return fault == null ? showing(wattHours) : fault;
    }

    @Override
    public String description() {
        return "simulated line";
    }

    @Override
    public void close() {}
}

package energy.cryptometer.hal.meter.polling;

import energy.cryptometer.hal.meter.model.MeterModel;
import energy.cryptometer.hal.meter.model.MeterModels;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.ReadRequest;
import energy.cryptometer.hal.modbus.ReadResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// A line with one meter whose register counts whole watt-hours (int64, as an iEM3155), and faults
/// on demand.
public final class SimulatedLine implements ModbusClient {
    public static final MeterModel MODEL = MeterModels.named("schneider-iem3155").orElseThrow();

    private final Queue<ReadResponse> faults = new ArrayDeque<>();
    private long wattHours;
    private long otherWattHours;

    public SimulatedLine(long wattHours) {
        this.wattHours = wattHours;
    }

    public synchronized void grow(long moreWattHours) {
        wattHours += moreWattHours;
    }

    /// The import register grows; the export register is the one that is counted.
    public synchronized void growOther(long moreWattHours) {
        otherWattHours += moreWattHours;
    }

    /// The next answers of the export register are these, then the meter answers again.
    public synchronized void fail(int times, ReadResponse fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    /// The answer of a meter that stands at `wattHours`.
    public static ReadResponse showing(long wattHours) {
        return new ReadResponse.Words(
                List.of(
                        (int) (wattHours >>> 48 & 0xFFFF),
                        (int) (wattHours >>> 32 & 0xFFFF),
                        (int) (wattHours >>> 16 & 0xFFFF),
                        (int) (wattHours & 0xFFFF)));
    }

    public static ReadResponse silence() {
        return new ReadResponse.Timeout(Duration.ofSeconds(1));
    }

    @Override
    public synchronized ReadResponse read(ReadRequest request) {
        if (request.address() == MODEL.importRegister()) {
            return showing(otherWattHours);
        }
        ReadResponse fault = faults.poll();
        return fault == null ? showing(wattHours) : fault;
    }

    @Override
    public String description() {
        return "simulated line";
    }

    @Override
    public void close() {}
}

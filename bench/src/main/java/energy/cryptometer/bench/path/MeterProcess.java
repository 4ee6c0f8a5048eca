package energy.cryptometer.bench.path;

import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A board of meters: counts, signs, hands over and proves, each stage when its turn is due.
///
/// Each line of standard input is `step pulses`: so many pulses come to each meter within the step,
/// are signed and handed over; or only `step`: its block is there, and everything up to it is to be
/// proven. The answers are `processor-nanoseconds`, then the nanoseconds of each [Part], all
/// counted since the start.
final class MeterProcess {
    private MeterProcess() {}

    /// Runs until standard input ends.
    ///
    /// @param arguments the folder for its journals, the node's port, and the [Rhythm]
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        NodeAddress node = new NodeAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        Rhythm rhythm = Rhythm.valueOf(arguments[2]);
        PartTimes times = new PartTimes();
        List<MeasuredMeter> meters = new ArrayList<>();
        try (CoapClient coap =
                new CoapClient(TransportSecurity.plain(), CoapLimits.USUAL, SystemTime.CLOCKS)) {
            MeasuredMeter.Board board =
                    new MeasuredMeter.Board(new TrialCommunity(), folder, coap, node, times);
            for (int number = 0; number < TrialCommunity.METERS; number++) {
                meters.add(new MeasuredMeter(board, number, rhythm));
            }
            Lines.answer(line -> {
                MarketStep step = new MarketStep(line[0]);
                for (MeasuredMeter meter : meters) {
                    if (line.length == 1) {
                        meter.confirm(step);
                    } else {
                        meter.deliver(step, Math.toIntExact(line[1]));
                    }
                }
                return times.withProcess();
            });
        } finally {
            meters.forEach(MeasuredMeter::close);
        }
    }
}

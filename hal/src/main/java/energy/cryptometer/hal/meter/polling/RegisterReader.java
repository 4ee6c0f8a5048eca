package energy.cryptometer.hal.meter.polling;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.model.RegisterDecoder;
import energy.cryptometer.hal.meter.model.RegisterDecoder.Decoded;
import energy.cryptometer.hal.meter.model.RegisterFormat;
import energy.cryptometer.hal.meter.polling.PollCounters.Counted;
import energy.cryptometer.hal.modbus.ModbusClient;
import energy.cryptometer.hal.modbus.ReadResponse;
import java.util.List;

/// Reads one register of one meter, trying again a bounded number of times, and counts what goes
/// wrong.
public final class RegisterReader {
    /// A frame that noise damaged usually passes at the second attempt; more would only hide a bad
    /// cable.
    public static final int ATTEMPTS = 3;

    private final MeterOnBus meter;
    private final ModbusClient port;
    private final BoardClock clock;
    private final PollCounters statistics;

    public RegisterReader(
            MeterOnBus meter, ModbusClient port, BoardClock clock, PollCounters statistics) {
        this.meter = meter;
        this.port = port;
        this.clock = clock;
        this.statistics = statistics;
    }

    /// A value, or why there is none.
    public sealed interface Result {
        /// The register, stamped when its answer had come: never before the energy it shows.
        record Value(RegisterReading reading) implements Result {}

        /// No attempt gave a value; `reason` is one line about the last one.
        record Failed(String reason) implements Result {}
    }

    public Result read() throws InterruptedException {
        Result result = attempt();
        for (int tries = 1; tries < ATTEMPTS && result instanceof Result.Failed; tries++) {
            result = attempt();
        }
        if (result instanceof Result.Failed) {
            statistics.count(Counted.FAILED_POLLS);
        }
        return result;
    }

    private Result attempt() throws InterruptedException {
        statistics.count(Counted.REQUESTS);
        return switch (port.read(meter.request())) {
            case ReadResponse.Words(List<Integer> words) -> decoded(words);
            case ReadResponse.Timeout(var waited) ->
                    failed(
                            Counted.TIMEOUTS,
                            "no answer within "
                                    + waited.toMillis()
                                    + " ms: check wiring (A and B), unit id and baud");
            case ReadResponse.BadFrame(boolean checkSumWrong, String reason) -> {
                if (checkSumWrong) {
                    statistics.count(Counted.CRC_ERRORS);
                }
                yield failed(Counted.BAD_FRAMES, reason);
            }
            case ReadResponse.ExceptionResponse declined ->
                    failed(
                            Counted.EXCEPTIONS,
                            "meter answers exception "
                                    + declined.number()
                                    + " ("
                                    + declined.code().meaning()
                                    + ")");
            case ReadResponse.PortFault(String reason) -> failed(Counted.PORT_FAULTS, reason);
        };
    }

    private Result decoded(List<Integer> words) {
        RegisterFormat format = meter.model().format();
        return switch (RegisterDecoder.decode(format, words)) {
            case Decoded.Reading(long register) -> {
                statistics.count(Counted.ANSWERS);
                yield new Result.Value(
                        new RegisterReading(
                                register, format.resolutionMilliwattHours(register), clock.read()));
            }
            case Decoded.NotAvailable() ->
                    failed(
                            Counted.NOT_AVAILABLE,
                            "meter says the register is not available: does this type measure "
                                    + meter.direction()
                                    + "?");
            case Decoded.Refused(String reason) -> failed(Counted.REFUSED_VALUES, reason);
        };
    }

    private Result failed(Counted what, String reason) {
        statistics.count(what);
        return new Result.Failed(reason);
    }
}

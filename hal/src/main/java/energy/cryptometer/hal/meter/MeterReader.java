package energy.cryptometer.hal.meter;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.meter.LineStatistics.Counted;
import energy.cryptometer.hal.meter.RegisterDecoder.Decoded;
import java.util.List;

/// Reads one register of one meter, trying again a bounded number of times, and counts what goes
/// wrong.
final class MeterReader {
    /// A frame that noise spoilt usually passes at the second attempt; more would only hide a bad
    /// cable.
    static final int ATTEMPTS = 3;

    private final MeterOnBus meter;
    private final RegisterPort port;
    private final BoardClock clock;
    private final LineStatistics statistics;

    MeterReader(MeterOnBus meter, RegisterPort port, BoardClock clock, LineStatistics statistics) {
        this.meter = meter;
        this.port = port;
        this.clock = clock;
        this.statistics = statistics;
    }

    /// A value, or why there is none.
    sealed interface Result {
        /// The register, stamped when its answer had come: never before the energy it shows.
        record Value(VirtualPulses.Reading reading) implements Result {}

        /// No attempt gave a value; `reason` is one line about the last one.
        record Failed(String reason) implements Result {}
    }

    Result read() throws InterruptedException {
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
            case RegisterAnswer.Words(List<Integer> words) -> decoded(words);
            case RegisterAnswer.Silent(var waited) ->
                    failed(
                            Counted.TIMEOUTS,
                            "no answer within "
                                    + waited.toMillis()
                                    + " ms: check wiring (A and B), unit id and baud");
            case RegisterAnswer.BadFrame(boolean checkSumWrong, String reason) -> {
                if (checkSumWrong) {
                    statistics.count(Counted.CRC_ERRORS);
                }
                yield failed(Counted.BAD_FRAMES, reason);
            }
            case RegisterAnswer.Declined declined ->
                    failed(
                            Counted.EXCEPTIONS,
                            "meter answers exception "
                                    + declined.code()
                                    + " ("
                                    + declined.meaning()
                                    + ")");
            case RegisterAnswer.PortGone(String reason) -> failed(Counted.PORT_FAULTS, reason);
        };
    }

    private Result decoded(List<Integer> words) {
        RegisterFormat format = meter.model().format();
        return switch (RegisterDecoder.decode(format, words)) {
            case Decoded.Reading(long register) -> {
                statistics.count(Counted.ANSWERS);
                yield new Result.Value(
                        new VirtualPulses.Reading(
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

package energy.cryptometer.hal.modbus;

import java.time.Duration;
import java.util.List;

/// What came of a request. A meter that does not answer is a normal day, not an exception.
public sealed interface ReadResponse {
    /// The words asked for, each 0 to 65535.
    record Words(List<Integer> words) implements ReadResponse {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// Not one byte came in time.
    record Timeout(Duration waited) implements ReadResponse {}

    /// Something came that is not the answer; `reason` is one line. A wrong check sum speaks of the
    /// cable, anything else of other devices.
    record BadFrame(boolean checkSumWrong, String reason) implements ReadResponse {}

    /// The meter declined.
    ///
    /// @param number the exception code as it was on the wire, 0 to 255
    record ExceptionResponse(int number) implements ReadResponse {
        public ExceptionCode code() {
            return ExceptionCode.of(number);
        }
    }

    /// The port itself does not work; `reason` is one line.
    record PortFault(String reason) implements ReadResponse {}
}

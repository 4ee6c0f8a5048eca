package energy.cryptometer.hal.meter;

import java.time.Duration;
import java.util.List;

/// What came of a request. A meter that does not answer is a normal day, not an exception.
public sealed interface RegisterAnswer {
    /// The words asked for, each 0 to 65535.
    record Words(List<Integer> words) implements RegisterAnswer {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// Not one byte came in time.
    record Silent(Duration waited) implements RegisterAnswer {}

    /// Something came that is not the answer; `reason` is one line. A wrong check sum speaks of the
    /// cable, anything else of other devices.
    record BadFrame(boolean checkSumWrong, String reason) implements RegisterAnswer {}

    /// The meter answered that it will not, with a Modbus exception code.
    record Declined(int code) implements RegisterAnswer {
        /// The name of the code (Modbus Application Protocol 1.1b3, 7).
        String meaning() {
            return switch (code) {
                case 1 -> "illegal function, wrong meter model?";
                case 2 -> "illegal data address, wrong meter model?";
                case 3 -> "illegal data value";
                case 4 -> "device failure";
                case 5 -> "acknowledge";
                case 6 -> "device busy";
                default -> "see the meter's manual";
            };
        }
    }

    /// The port itself does not work; `reason` is one line.
    record PortGone(String reason) implements RegisterAnswer {}
}

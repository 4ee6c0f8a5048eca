package energy.cryptometer.hal.modbus;

import java.time.Duration;

/// Asks one unit (1 to 247) for 1 to 125 consecutive words with function 3 or 4. `pause` is the
/// silence the meter wants before the request, `timeout` how long it may think before the first
/// byte.
public record ReadRequest(
        int unitId, int function, int address, int words, Duration pause, Duration timeout) {
    /// The last unit id of a line (Modbus over Serial Line 1.02, 2.2).
    public static final int LAST_UNIT = 247;

    private static final int MOST_WORDS = 125; // Modbus Application Protocol 1.1b3, 6.3
    private static final int LARGEST_ADDRESS = 0xFFFF;

    public ReadRequest {
        if (unitId < 1 || unitId > LAST_UNIT) {
            throw new IllegalArgumentException("unit id " + unitId + " is outside 1 to 247");
        }
        if (function != 3 && function != 4) {
            throw new IllegalArgumentException("function " + function + " is neither 3 nor 4");
        }
        if (words < 1 || words > MOST_WORDS) {
            throw new IllegalArgumentException("word count " + words + " is outside 1 to 125");
        }
        if (address < 0 || address + words - 1 > LARGEST_ADDRESS) {
            throw new IllegalArgumentException(
                    "register " + address + " and its " + words + " words leave 0 to 65535");
        }
    }
}

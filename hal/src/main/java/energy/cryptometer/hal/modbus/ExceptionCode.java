package energy.cryptometer.hal.modbus;

import java.util.Arrays;

/// Why a meter declines a request (Modbus Application Protocol 1.1b3, 7).
public enum ExceptionCode {
    ILLEGAL_FUNCTION(0x01, "illegal function, wrong meter model?"),
    ILLEGAL_DATA_ADDRESS(0x02, "illegal data address, wrong meter model?"),
    ILLEGAL_DATA_VALUE(0x03, "illegal data value"),
    SERVER_DEVICE_FAILURE(0x04, "device failure"),
    ACKNOWLEDGE(0x05, "acknowledge"),
    SERVER_DEVICE_BUSY(0x06, "device busy"),
    MEMORY_PARITY_ERROR(0x08, "memory parity error"),
    GATEWAY_PATH_UNAVAILABLE(0x0A, "gateway path unavailable"),
    GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND(0x0B, "gateway target device failed to respond"),
    /// A code that the standard does not list.
    MANUFACTURER_SPECIFIC(-1, "see the meter's manual");

    private final int number;
    private final String meaning;

    ExceptionCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// The code with that number on the wire.
    public static ExceptionCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(MANUFACTURER_SPECIFIC);
    }

    /// The words of the standard, and a hint where there is one.
    public String meaning() {
        return meaning;
    }
}

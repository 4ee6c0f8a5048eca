package energy.cryptometer.hal.modbus;

import java.time.Duration;
import java.util.Set;

/// How bytes travel on the wire: always 8 data bits (Modbus over Serial Line 1.02, 2.5.1).
public record SerialSettings(int baud, Parity parity, int stopBits) {
    /// The speeds a meter may use, in bits per second.
    public static final Set<Integer> BAUDS =
            Set.of(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200);

    private static final int START_AND_DATA_BITS = 9;

    /// The parity bit after the data bits.
    public enum Parity {
        NONE,
        EVEN,
        ODD
    }

    public SerialSettings {
        if (!BAUDS.contains(baud)) {
            throw new IllegalArgumentException("baud " + baud + " is none of " + BAUDS);
        }
        if (stopBits < 1 || stopBits > 2) {
            throw new IllegalArgumentException("stop bits " + stopBits + ", must be 1 or 2");
        }
    }

    /// The same, at another speed.
    public SerialSettings withBaud(int other) {
        return new SerialSettings(other, parity, stopBits);
    }

    /// How long `bytes` take on the wire, in milliseconds, rounded up.
    int millisFor(int bytes) {
        int bits = START_AND_DATA_BITS + (parity == Parity.NONE ? 0 : 1) + stopBits;
        return Math.ceilDiv(bytes * bits * 1_000, baud);
    }

    /// The silence between two frames: three and a half characters, at least 1.75 ms, in whole
    /// milliseconds (Modbus over Serial Line 1.02, 2.5.1.1).
    Duration frameSilence() {
        return Duration.ofMillis(Math.max(2, millisFor(4)));
    }

    /// As people write it: `9600 8N1`.
    @Override
    public String toString() {
        return baud + " 8" + parity.name().charAt(0) + stopBits;
    }
}

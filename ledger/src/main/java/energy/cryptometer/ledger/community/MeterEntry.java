package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.nio.charset.StandardCharsets;

/// A cryptometer and the MID meter it is bound to.
///
/// @param serial serial number on the meter's plate, 1 to 32 bytes of UTF-8
/// @param ratedPowerWatts largest power the generator can deliver, 1 W to 100 MW
public record MeterEntry(
        PublicKey key,
        String serial,
        MidClass midClass,
        PulseConstant constant,
        int ratedPowerWatts)
        implements Entry {
    public static final int MAX_SERIAL_BYTES = 32;
    public static final int MAX_RATED_POWER_WATTS = 100_000_000;

    public MeterEntry {
        int bytes = serial.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_SERIAL_BYTES) {
            throw new IllegalArgumentException(
                    "meter serial has %d bytes, allowed 1 to %d"
                            .formatted(bytes, MAX_SERIAL_BYTES));
        }
        if (ratedPowerWatts < 1 || ratedPowerWatts > MAX_RATED_POWER_WATTS) {
            throw new IllegalArgumentException(
                    "rated power %d W is outside 1 to %d W"
                            .formatted(ratedPowerWatts, MAX_RATED_POWER_WATTS));
        }
    }

    @Override
    public int kind() {
        return 1;
    }

    @Override
    public void write(CborWriter writer) {
        writer.array(6)
                .unsigned(kind())
                .bytes(key.compressed())
                .text(serial)
                .unsigned(midClass.code())
                .unsigned(constant.pulsesPerKilowattHour())
                .unsigned(ratedPowerWatts);
    }

    static MeterEntry readFields(CborReader reader) throws MalformedException {
        PublicKey key = PublicKey.of(reader.bytesOf("meter key", 33));
        String serial = reader.text("meter serial", MAX_SERIAL_BYTES);
        MidClass midClass = MidClass.ofCode(reader.unsigned("MID class", 3));
        int constant = (int) reader.unsigned("pulse constant", PulseConstant.MAX);
        int power = (int) reader.unsigned("rated power", MAX_RATED_POWER_WATTS);
        return new MeterEntry(key, serial, midClass, new PulseConstant(constant), power);
    }
}

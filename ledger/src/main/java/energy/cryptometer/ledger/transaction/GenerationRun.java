package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.util.Arrays;
import java.util.List;

/// A run of steady generation transactions: same number of pulses in each, same clock quality, same
/// status. Wire form: `[1, count before, pulses each, quality, status, first captured at, [*
/// milliseconds since the one before], signatures]`, where the signatures are 64 bytes each, one
/// after the other. A pulse costs its signature and one to three bytes more.
final class GenerationRun {
    static final int KIND = 1;
    static final int FIELDS = 8;

    private static final int SIGNATURE_BYTES = 64;

    /// Capture times of one meter may step back when its clock is set.
    private static final long MAX_STEP_MILLIS = Capture.MAX_MILLIS;

    private GenerationRun() {}

    static boolean steady(Transaction before, Transaction after) {
        return before instanceof Generation first
                && after instanceof Generation second
                && second.pulses() == first.pulses()
                && second.count() == first.count() + first.pulses()
                && second.status() == first.status()
                && second.capture().quality() == first.capture().quality();
    }

    static void write(CborWriter writer, List<SignedTransaction> run) {
        Generation first = (Generation) run.getFirst().content();
        writer.array(FIELDS)
                .unsigned(KIND)
                .unsigned(first.count() - first.pulses())
                .unsigned(first.pulses())
                .unsigned(first.capture().quality().code())
                .unsigned(first.status().code())
                .unsigned(first.capture().epochMillis())
                .array(run.size() - 1);
        byte[] signatures = new byte[SIGNATURE_BYTES * run.size()];
        long millis = first.capture().epochMillis();
        for (int i = 0; i < run.size(); i++) {
            Generation generation = (Generation) run.get(i).content();
            long next = generation.capture().epochMillis();
            if (i > 0) {
                writer.integer(next - millis);
            }
            millis = next;
            System.arraycopy(
                    run.get(i).signature(), 0, signatures, i * SIGNATURE_BYTES, SIGNATURE_BYTES);
        }
        writer.bytes(signatures);
    }

    static void read(CborReader reader, Rebuilder rebuilder) throws MalformedException {
        long count = reader.unsigned("count before", PulseConstant.MAX_COUNT);
        int pulses = (int) reader.unsigned("pulses each", Generation.MAX_PULSES);
        ClockQuality quality = ClockQuality.ofCode(reader.unsigned("clock quality", 2));
        PulseStatus status = PulseStatus.ofCode(reader.unsigned("pulse status", 2));
        long millis = reader.unsigned("first captured at", Capture.MAX_MILLIS);
        int steps = reader.array("capture steps", Batch.MAX_TRANSACTIONS - 1);
        long[] captured = new long[steps + 1];
        captured[0] = millis;
        for (int i = 1; i <= steps; i++) {
            millis += reader.integer("capture step", -MAX_STEP_MILLIS, MAX_STEP_MILLIS);
            captured[i] = requireMillis(millis);
        }
        byte[] signatures = reader.bytesOf("signatures", captured.length * SIGNATURE_BYTES);
        for (int i = 0; i < captured.length; i++) {
            count += pulses;
            Generation generation =
                    new Generation(
                            rebuilder.link(),
                            count,
                            pulses,
                            Capture.ofMillis(captured[i], quality),
                            status);
            int at = i * SIGNATURE_BYTES;
            rebuilder.add(generation, Arrays.copyOfRange(signatures, at, at + SIGNATURE_BYTES));
        }
    }

    private static long requireMillis(long millis) throws MalformedException {
        if (millis < 0 || millis > Capture.MAX_MILLIS) {
            throw new MalformedException(
                    "captured at %d ms is outside 1970 to 9999".formatted(millis));
        }
        return millis;
    }
}

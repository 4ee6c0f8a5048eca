package energy.cryptometer.firmware.journal;

import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What a source reports, in the kinds and numbers that the ledger knows.
final class EventWords {
    private EventWords() {}

    /// An event ready to be journalled.
    record Event(MeterEventKind kind, Detail detail) {}

    /// @param count pulses counted when it happened
    /// @param awayMillis for how long the meter has been lost, 0 where that is not known
    static Event of(SourceEvent event, long count, long awayMillis) {
        return switch (event) {
            case SourceEvent.RegisterAnchored e ->
                    event(MeterEventKind.REGISTER_READING, e.register(), count, "counting starts");
            case SourceEvent.RegisterWentBack e ->
                    event(
                            MeterEventKind.REGISTER_JUMP,
                            e.before(),
                            e.now(),
                            "back, counts from " + e.countsFrom());
            case SourceEvent.RegisterJumped e ->
                    event(
                            MeterEventKind.REGISTER_JUMP,
                            e.before(),
                            e.now(),
                            "ahead, at most " + e.allowed() + " is believable");
            case SourceEvent.EdgesLost e ->
                    event(MeterEventKind.GAP, e.first(), e.edges(), "edges lost");
            case SourceEvent.NotListening e ->
                    event(
                            MeterEventKind.NOT_LISTENING,
                            e.since().wall().toEpochMilli(),
                            Duration.between(e.since().wall(), e.capturedAt().wall()).toMillis(),
                            e.reason());
            case SourceEvent.RateExceeded e ->
                    event(
                            MeterEventKind.RATE_EXCEEDED,
                            e.pulses(),
                            e.within().toMillis(),
                            e.limit());
            case SourceEvent.RegisterDrifted e ->
                    event(
                            MeterEventKind.REGISTER_DRIFT,
                            e.counted(),
                            e.register(),
                            (e.beyond() ? "beyond " : "within ") + e.tolerance() + " mWh");
            case SourceEvent.LineLost e -> event(MeterEventKind.LINE_LOST, 0, 0, e.reason());
            case SourceEvent.LineRestored _ ->
                    event(MeterEventKind.LINE_RESTORED, awayMillis, 0, "");
        };
    }

    private static Event event(MeterEventKind kind, long a, long b, String words) {
        return new Event(kind, new Detail(within(a), within(b), cut(words)));
    }

    private static long within(long number) {
        return Math.clamp(number, 0, Detail.MAX);
    }

    /// At most 64 bytes of UTF-8, whole characters only.
    static String cut(String words) {
        int end = words.length();
        while (words.substring(0, end).getBytes(StandardCharsets.UTF_8).length
                > Detail.MAX_TEXT_BYTES) {
            end = words.offsetByCodePoints(end, -1);
        }
        return words.substring(0, end);
    }
}

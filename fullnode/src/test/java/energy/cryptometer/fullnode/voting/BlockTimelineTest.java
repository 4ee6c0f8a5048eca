package energy.cryptometer.fullnode.voting;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Quarter hours from midnight, collecting for 20 s, proposing after 25 s.
class BlockTimelineTest {
    private static final StepSchedule QUARTERS =
            new StepSchedule(
                    Instant.parse("2026-11-22T00:00:00Z"),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(25));

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00Z,     0, wait 2026-11-22T00:15:25Z",
        "2026-11-22T00:00:00Z,     0, wait 2026-11-22T00:15:25Z",
        "2026-11-22T00:15:00Z,     0, wait 2026-11-22T00:15:25Z",
        "2026-11-22T00:15:20Z,     0, wait 2026-11-22T00:15:25Z",
        "2026-11-22T00:15:24.999Z, 0, wait 2026-11-22T00:15:25Z",
        "2026-11-22T00:15:25Z,     0, close 1 behind 0",
        "2026-11-22T00:15:25Z,     1, wait 2026-11-22T00:30:25Z",
        "2026-11-22T00:30:24Z,     0, close 1 behind 0",
        "2026-11-22T00:30:25Z,     0, close 1 behind 1",
        "2026-11-22T00:30:25Z,     1, close 2 behind 0",
        "2026-11-23T00:00:24Z,     0, close 1 behind 94",
        "2026-11-23T00:00:25Z,     0, close 1 behind 95",
        "2026-11-23T00:00:25Z,    95, close 96 behind 0",
        // The clock was set back: what is approved stays, nothing is made twice.
        "2026-11-22T00:16:00Z,    10, wait 2026-11-22T02:45:25Z",
    })
    void everyInstantHasOneAnswer(Instant now, long head, String expected) {
        String found =
                switch (BlockTimeline.at(now, new Height(head), QUARTERS)) {
                    case BlockTimeline.Wait(Instant until) -> "wait " + until;
                    case BlockTimeline.Close(Height height, long behind) ->
                            "close %d behind %d".formatted(height.value(), behind);
                };
        assertThat(found).isEqualTo(expected);
    }
}

package energy.cryptometer.hal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.edge.FilterOutcome.Ended;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WidthHistogramTest {
    @Test
    void aWidthIsInEveryBucketThatIsNotNarrower() {
        WidthHistogram widths = new WidthHistogram();
        widths.add(new Ended(30_000_000, true));
        widths.add(new Ended(30_000_001, true));
        widths.add(new Ended(2_000_000_000, true));
        widths.add(new Ended(0, false));
        TreeMap<String, Long> counters = new TreeMap<>();
        widths.putInto(counters);
        assertThat(counters)
                .containsEntry("width_ms_le_25", 0L)
                .containsEntry("width_ms_le_30", 1L)
                .containsEntry("width_ms_le_40", 2L)
                .containsEntry("width_ms_le_1000", 2L)
                .containsEntry("width_ms_le_inf", 3L)
                .containsEntry("rejected_width_ms_le_1", 1L)
                .containsEntry("rejected_width_ms_le_inf", 1L)
                .hasSize(40);
        assertThat(widths.tooShort()).isEqualTo(1);
    }
}

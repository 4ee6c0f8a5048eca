package energy.cryptometer.ledger.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.MarketStep;
import org.junit.jupiter.api.Test;

class PendingPulsesTest {
    private static final MarketStep FIRST = new MarketStep(7);
    private static final MarketStep SECOND = new MarketStep(8);

    private static Generation pulse(long sequence, long count) {
        return new Generation(
                new ChainLink(sequence, Hash.ZERO),
                count,
                1,
                Capture.ofMillis(count, ClockQuality.SYNCHRONISED),
                PulseStatus.CONTACT);
    }

    @Test
    void neighboursOfOneStepAreOneRangeAndALaterStepBeginsANewOne() {
        PendingPulses pending =
                PendingPulses.NONE
                        .with(FIRST, pulse(1, 1))
                        .with(FIRST, pulse(3, 2)) // an event stands between them
                        .with(SECOND, pulse(4, 3))
                        .with(FIRST, pulse(5, 4)); // one that came late
        assertThat(pending.ranges())
                .containsExactly(
                        new PulseRange(FIRST, 1, 3, 0, 2),
                        new PulseRange(SECOND, 4, 4, 2, 3),
                        new PulseRange(FIRST, 5, 5, 3, 4));
    }

    @Test
    void theOldestIsTransferredFirst() {
        PendingPulses pending =
                PendingPulses.NONE.with(FIRST, pulse(1, 1)).with(SECOND, pulse(2, 2));
        assertThat(pending.oldest()).contains(new PulseRange(FIRST, 1, 1, 0, 1));
        assertThat(pending.withoutOldest().oldest()).contains(new PulseRange(SECOND, 2, 2, 1, 2));
        assertThat(pending.withoutOldest().withoutOldest()).isEqualTo(PendingPulses.NONE);
        assertThat(PendingPulses.NONE.oldest()).isEmpty();
        assertThatThrownBy(PendingPulses.NONE::withoutOldest)
                .isInstanceOf(IllegalStateException.class);
    }
}

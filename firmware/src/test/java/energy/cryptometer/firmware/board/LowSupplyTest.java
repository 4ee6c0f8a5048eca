package energy.cryptometer.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LowSupplyTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aSupplyThatTremblesAllDayIsOneSpell() {
        LowSupply supply = LowSupply.NEVER;
        int begun = 0;
        for (long second = 0; second < 86_400; second++) {
            supply = supply.after(second % 10 < 2, second * SECOND);
            begun += supply.began() ? 1 : 0;
        }
        assertThat(begun).isEqualTo(1);
        assertThat(supply.times()).isEqualTo(1);
    }

    @Test
    void aSupplyThatWasWellForAMinuteCanBeTooLowAgain() {
        LowSupply supply = LowSupply.NEVER.after(true, 0).after(false, SECOND);
        assertThat(supply.after(true, 60 * SECOND).began()).isFalse();
        LowSupply again = supply.after(true, 61 * SECOND);
        assertThat(again.began()).isTrue();
        assertThat(again.times()).isEqualTo(2);
    }

    @Test
    void aSupplyThatIsWellIsNoSpell() {
        assertThat(LowSupply.NEVER.after(false, SECOND)).isEqualTo(LowSupply.NEVER);
    }
}

package energy.cryptometer.ledger.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pulse counts as energy, exactly.
class RegisterTest {
    @ParameterizedTest
    @CsvSource({
        "1000, 1, 1000",
        "3, 1, 333333",
        "3, 2, 666666",
        "3, 3, 1000000",
        "7, 6, 857142",
        "640, 1, 1562",
        "640, 2, 3125",
        "10000, 1, 100",
        "1000000, 1, 1",
        "1, 1000000000000, 1000000000000000000",
    })
    void theRegisterIsTheFloorOfTheExactValue(int constant, long count, long milliwattHours) {
        assertThat(new PulseConstant(constant).register(count).milliwattHours())
                .isEqualTo(milliwattHours);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 640, 1000, 1024, 9999, 10_000, 1_000_000})
    void energiesOfSinglePulsesTelescope(int pulsesPerKilowattHour) {
        PulseConstant constant = new PulseConstant(pulsesPerKilowattHour);
        BigInteger sum = BigInteger.ZERO;
        for (int count = 1; count <= 5_000; count++) {
            Energy pulse = constant.register(count).minus(constant.register(count - 1));
            assertThat(pulse.milliwattHours()).isPositive();
            sum = sum.add(BigInteger.valueOf(pulse.milliwattHours()));
            assertThat(sum.longValueExact()).isEqualTo(constant.register(count).milliwattHours());
        }
    }

    @Test
    void outsideTheirBoundsUnitsAreRefused() {
        assertThatThrownBy(() -> new PulseConstant(0))
                .hasMessage("pulse constant 0 is outside 1 to 1000000 pulses per kWh");
        assertThatThrownBy(() -> new PulseConstant(1_000_001)).hasMessageContaining("1000001");
        assertThatThrownBy(() -> new PulseConstant(1).register(-1))
                .hasMessage("pulse count -1 is outside 0 to 1000000000000");
        assertThatThrownBy(() -> new Energy(-1))
                .hasMessage("energy -1 mWh is outside 0 to 2^62 mWh");
        assertThatThrownBy(() -> Energy.ZERO.minus(new Energy(1))).hasMessageContaining("-1 mWh");
        assertThatThrownBy(() -> new MarketStep(-1)).hasMessageContaining("market step -1");
        assertThatThrownBy(() -> new Height(Height.MAX_VALUE + 1))
                .hasMessageContaining("outside 0 to 2^38 + 1");
        assertThatThrownBy(() -> ClockQuality.ofCode(3)).hasMessageContaining("clock quality 3");
    }

    @Test
    void energyReadsTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(new Energy(8_000_001)).hasToString("8.000001 kWh");
        } finally {
            Locale.setDefault(before);
        }
    }
}

package energy.cryptometer.hal.meter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeterIdentityTest {
    @Test
    void aCodeIsComparedAsAWhole() {
        MeterIdentity identity = MeterIdentity.parse("3 0xFC02 1 code 0089 0087");
        assertThat(identity.matches(List.of(0x89))).isTrue();
        assertThat(identity.matches(List.of(0x87))).isTrue();
        assertThat(identity.matches(List.of(0x70))).isFalse();
        assertThat(identity.matches(List.of(0x89, 0))).isFalse();
        assertThat(identity.shown(List.of(0x70))).isEqualTo("0070");
    }

    @Test
    void aTextIsComparedByItsBeginning() {
        MeterIdentity identity = MeterIdentity.parse("3 0x8960 2 text B23");
        assertThat(identity.matches(List.of(0x4232, 0x3320))).isTrue();
        assertThat(identity.matches(List.of(0x4232, 0x3420))).isFalse();
        assertThat(identity.shown(List.of(0x4232, 0x3300))).isEqualTo("B23");
        assertThat(identity.shown(List.of(0x1B5B, 0x0A41))).isEqualTo("[ A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3 0xFC02 1 code",
                "6 0xFC02 1 code 0070",
                "3 64514 1 code 0070",
                "3 0xFC02 0 code 0070",
                "3 0xFC02 99 text B23",
                "3 0xFC02 1 kind 0070",
                "3 0xFC02 1 code 70",
                "3 0xFC02 2 code 0070",
                "3 0xFC02 1 text x"
            })
    void whatCannotBeReadIsRefused(String text) {
        assertThatThrownBy(() -> MeterIdentity.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(must be|outside).*");
    }
}

package energy.cryptometer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final Json FULL =
            Json.object()
                    .put("z", "line\n\"end\"")
                    .put("counted", Long.MAX_VALUE)
                    .put("ratio", new BigDecimal("0.00000001"))
                    .put("verified", true)
                    .put("oldest", OptionalLong.empty())
                    .put("generators", Json.object().put("A", 15_000_000))
                    .put("nodes", List.of(Json.object().put("n", 1), Json.object().put("n", 2)));

    @Test
    void anObjectIsOneLineInTheOrderItWasPut() {
        assertThat(FULL)
                .hasToString(
                        """
                        {"z":"line\\n\\"end\\"","counted":9223372036854775807,"ratio":0.00000001,\
                        "verified":true,"oldest":null,"generators":{"A":15000000},\
                        "nodes":[{"n":1},{"n":2}]}\
                        """);
    }

    @Test
    void whatIsWrittenIsRead() {
        Json read = Json.readObject(FULL.toString(), "it");
        assertThat(read.text("z")).isEqualTo("line\n\"end\"");
        assertThat(read.integer("counted")).isEqualTo(Long.MAX_VALUE);
        assertThat(read.decimal("ratio")).isEqualByComparingTo("0.00000001");
        assertThat(read.bool("verified")).isTrue();
        assertThat(read.optionalInteger("oldest")).isEmpty();
        assertThat(read.optionalText("none")).isEmpty();
        assertThat(read.object("generators").integer("A")).isEqualTo(15_000_000);
        assertThat(read.objects("nodes")).hasSize(2);
        assertThat(read).hasToString(FULL.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "3",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":01}",
                "nul",
                "null"
            })
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> Json.readObject(text, "answer"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("answer is not a JSON object: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> Json.readObject(deep, "answer"))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void anotherTypeIsRefusedByKey() {
        assertThatThrownBy(() -> FULL.integer("z"))
                .hasMessage("JSON key 'z' is String, expected a whole number");
        assertThatThrownBy(() -> FULL.text("y"))
                .hasMessage("JSON key 'y' is missing, expected a text");
        assertThatThrownBy(() -> FULL.put("x", List.of(new Object())))
                .hasMessageContaining("'x' holds a Object");
    }
}

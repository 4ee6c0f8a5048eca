package energy.cryptometer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTableTest {
    @Test
    void figuresStandSideBySideAndTheNodeBesideOneVerification() {
        Map<String, Double> figures = new HashMap<>();
        figures.put("openssl.verify.before", 50.0);
        figures.put("openssl.verify.after", 60.0);
        figures.put("stream.node", 88.0);
        figures.put("isolated.node", 220.0);
        figures.put("stream.meter", 150.0);
        figures.put("stream.meter.signature", 95.0);

        assertThat(PathTable.of(figures))
                .contains(
                        "| node, from message to approved block | 88.0 | 220.0 |",
                        "| meter without its signature | 55.0 | NaN |",
                        "| node by one verification | 1.60 | 4.00 |",
                        "Microseconds of processor; one verification by `openssl speed` in the same"
                                + " run: 55.0.");
    }
}

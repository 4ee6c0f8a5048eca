package energy.cryptometer.hal.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is announced is never adopted in these tests where it could hit a file of the test's own
/// virtual machine; adoption itself is tested by [AdoptionTest] in a process of its own.
final class StoredDescriptorsTest {
    private static StoredDescriptors of(String pid, String count, String names) {
        return StoredDescriptors.of(
                Map.of("LISTEN_PID", pid, "LISTEN_FDS", count, "LISTEN_FDNAMES", names), 42);
    }

    @Test
    void whatIsMeantForAnotherProcessIsLeftAlone() {
        try (StoredDescriptors stored = of("41", "1", "gpio-1-line")) {
            assertThat(stored.left()).isEmpty();
            assertThat(stored.problem().orElseThrow())
                    .contains("process 41, this is 42")
                    .contains("exec");
        }
    }

    @Test
    void nothingAnnouncedIsNoProblem() {
        try (StoredDescriptors stored = StoredDescriptors.of(Map.of(), 42)) {
            assertThat(stored.left()).isEmpty();
            assertThat(stored.problem()).isEmpty();
        }
        try (StoredDescriptors stored = of("42", "0", "")) {
            assertThat(stored.problem()).isEmpty();
        }
    }

    @Test
    void malformedAnnouncementsAreNamedAndLeftAlone() {
        for (String count : new String[] {"2", "65", "-1", "x", ""}) {
            try (StoredDescriptors stored = of("42", count, "one")) {
                assertThat(stored.left()).as(count).isEmpty();
                assertThat(stored.problem().orElseThrow()).contains("'" + count + "'");
            }
        }
    }
}

package energy.cryptometer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page for those who are new here says where things are, as they are now.
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("../docs/ARCHITECTURE.md");

    /// A class with its package: `ledger.rule.MeterRules`.
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z0-9]+\\.)+[A-Z][A-Za-z0-9]+)");

    private static final int MOST_LINES = 110;

    @Test
    void everyClassItNamesExists() throws IOException {
        assertThat(
                        CLASS.matcher(Files.readString(PAGE))
                                .results()
                                .map(found -> found.group(1))
                                .filter(name ->
                                        !FloorsTest.HOUSE.contain("energy.cryptometer." + name)))
                .isEmpty();
    }

    @Test
    void itNamesManyAndFitsAPage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(CLASS.matcher(page).results().map(MatchResult::group).distinct())
                .hasSizeGreaterThan(30);
        assertThat(page.lines()).hasSizeLessThan(MOST_LINES);
    }
}

package energy.cryptometer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The protocol and its verification are functions of their arguments: no clock, no chance, no
/// input or output, no threads, no floating point. So every node and every light client comes to
/// the same answer, today and in ten years.
class PurityTest {
    static final List<ArchRule> HOUSE_RULES =
            new Purity("energy.cryptometer.ledger..", "energy.cryptometer.lightclient.verify..")
                    .rules();
    static final List<ArchRule> SAME_RULES_FOR_THIS_PACKAGE =
            new Purity("energy.cryptometer.demo").rules();

    private static final JavaClasses OFFENDER =
            new ClassFileImporter().importClasses(Offender.class);

    @ParameterizedTest
    @FieldSource("HOUSE_RULES")
    void ledgerAndVerificationArePure(ArchRule rule) {
        rule.allowEmptyShould(true).check(FloorsTest.HOUSE);
    }

    @ParameterizedTest
    @FieldSource("SAME_RULES_FOR_THIS_PACKAGE")
    void everyRuleCatchesAnOffender(ArchRule rule) {
        assertThat(rule.evaluate(OFFENDER).hasViolation()).isTrue();
    }

    /// Breaks every rule, each in one line.
    record Offender(
            Clock clock,
            Random chance,
            File file,
            URI network,
            Connection database,
            Thread thread) {
        static final float SHARE = 0.5f;

        Instant surroundings() {
            return Instant.now();
        }

        double returns(long value) {
            return Long.valueOf(value).doubleValue();
        }

        boolean takes(double value) {
            return value > 0;
        }
    }
}

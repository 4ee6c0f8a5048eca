package energy.cryptometer.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The floors of the house: who may use whom, and which library. The message of a failure names
/// class and line.
class FloorsTest {
    static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("energy.cryptometer");

    static final List<Floor> FLOORS = Floor.ALL;

    /// Without this, a rule about a module that is missing from the class path would hold by seeing
    /// nothing.
    @ParameterizedTest
    @FieldSource("FLOORS")
    void everyModuleIsSeen(Floor floor) {
        assertThat(HOUSE.stream().filter(floor::holds)).isNotEmpty();
    }

    @Test
    void everyClassStandsOnAFloor() {
        assertThat(
                        HOUSE.stream()
                                .filter(type ->
                                        Floor.ALL.stream()
                                                        .filter(floor -> floor.holds(type))
                                                        .count()
                                                != 1))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("FLOORS")
    void aModuleUsesOnlyLowerFloorsAndItsOwnLibraries(Floor floor) {
        floor.usesOnlyWhatIsBelow().check(HOUSE);
    }

    /// [Purity] stands in the package of the uppermost module and names ArchUnit, which no module
    /// may.
    @Test
    void aForeignLibraryIsCaught() {
        JavaClasses offender = new ClassFileImporter().importClasses(Purity.class);
        assertThat(Floor.DEMO.usesOnlyWhatIsBelow().evaluate(offender).hasViolation()).isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("energy.cryptometer.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyTheStoreSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(Floor.STORE.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(HOUSE);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(HOUSE.stream().map(JavaClass::getPackage).distinct())
                .allMatch(found -> found.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }
}

package energy.cryptometer.demo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What a package must do without so that its answers depend on its arguments alone.
final class Purity {
    private static final Set<String> FLOATING =
            Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    private static final DescribedPredicate<JavaClass> FLOATING_POINT =
            describe(
                    "floating point",
                    type -> FLOATING.contains(type.getBaseComponentType().getName()));

    /// Copying an array is the one thing that pure code asks of the system.
    private static final DescribedPredicate<JavaCall<?>> THE_SURROUNDINGS =
            describe(
                    "the surroundings",
                    call -> {
                        CodeUnitCallTarget target = call.getTarget();
                        JavaClass owner = target.getOwner();
                        boolean clock =
                                owner.getPackageName().startsWith("java.time")
                                        && target.getName().equals("now");
                        boolean system =
                                owner.isEquivalentTo(System.class)
                                        && !target.getName().equals("arraycopy");
                        boolean chance =
                                owner.isEquivalentTo(UUID.class)
                                        && target.getName().equals("randomUUID");
                        return clock || system || chance;
                    });

    private static final DescribedPredicate<JavaCall<?>> A_FLOATING_CALL =
            describe(
                    "what takes or returns floating point",
                    call ->
                            FLOATING_POINT.test(call.getTarget().getRawReturnType())
                                    || call.getTarget().getRawParameterTypes().stream()
                                            .anyMatch(FLOATING_POINT));

    private final String[] packages;

    /// packages: as ArchUnit writes them, `energy.cryptometer.ledger..`.
    Purity(String... packages) {
        this.packages = packages.clone();
    }

    List<ArchRule> rules() {
        return List.of(
                without("a clock", "java.time.Clock", "java.time.InstantSource"),
                without(
                        "chance",
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.security.SecureRandom",
                        "java.util.concurrent.ThreadLocalRandom",
                        "java.util.random.*"),
                without("files", "java.io.*", "java.nio.file.*", "java.nio.channels.*"),
                without("the network", "java.net.*", "javax.net.*"),
                without("a database", "java.sql.*", "javax.sql.*"),
                without("threads", "java.lang.Thread", "java.util.concurrent.*"),
                noClasses()
                        .that()
                        .resideInAnyPackage(packages)
                        .should()
                        .callCodeUnitWhere(THE_SURROUNDINGS),
                noClasses()
                        .that()
                        .resideInAnyPackage(packages)
                        .should()
                        .callCodeUnitWhere(A_FLOATING_CALL),
                noFields()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(packages)
                        .should()
                        .haveRawType(FLOATING_POINT),
                noCodeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(packages)
                        .should()
                        .haveRawReturnType(FLOATING_POINT),
                noCodeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(packages)
                        .should()
                        .haveRawParameterTypes(
                                describe(
                                        "any of floating point",
                                        types -> types.stream().anyMatch(FLOATING_POINT))));
    }

    /// names: classes, or every class of a package and those under it (`java.io.*`).
    private ArchRule without(String what, String... names) {
        DescribedPredicate<JavaClass> forbidden =
                describe(
                        what,
                        type -> {
                            String name = type.getBaseComponentType().getName();
                            return List.of(names).stream()
                                    .anyMatch(listed ->
                                            listed.endsWith("*")
                                                    ? name.startsWith(
                                                            listed.substring(
                                                                    0, listed.length() - 1))
                                                    : name.equals(listed));
                        });
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(forbidden);
    }
}

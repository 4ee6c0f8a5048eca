package energy.cryptometer.demo;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.stream.Stream;

/// One module: the modules of lower floors it may use, and the packages of other projects it may
/// name. What is not listed is forbidden.
record Floor(String module, List<Floor> below, List<String> libraries) {
    private static final List<String> TOOLS =
            List.of("picocli..", "org.tomlj..", "com.fasterxml.jackson..");

    static final Floor TIMING = new Floor("timing", List.of(), List.of());
    static final Floor LEDGER = new Floor("ledger", List.of(), List.of("org.bouncycastle.."));

    static final Floor HAL =
            new Floor(
                    "hal",
                    List.of(TIMING),
                    List.of("com.fazecast..", "com.pi4j..", "org.bouncycastle.."));
    static final Floor TRANSPORT =
            new Floor("transport", List.of(TIMING, LEDGER), List.of("org.eclipse.californium.."));
    static final Floor STORE = new Floor("store", List.of(), List.of("org.sqlite.."));

    static final Floor COMMAND =
            new Floor("command", List.of(LEDGER, HAL, TRANSPORT, STORE), TOOLS);

    static final Floor LIGHTCLIENT =
            new Floor("lightclient", List.of(TIMING, LEDGER, TRANSPORT, STORE, COMMAND), TOOLS);

    private static final List<Floor> BELOW_PROGRAMS =
            List.of(TIMING, LEDGER, HAL, TRANSPORT, STORE, COMMAND, LIGHTCLIENT);
    static final Floor FIRMWARE =
            new Floor("firmware", BELOW_PROGRAMS, and(TOOLS, "io.prometheus.."));
    static final Floor FULLNODE = new Floor("fullnode", BELOW_PROGRAMS, TOOLS);
    static final Floor PROVISIONING = new Floor("provisioning", BELOW_PROGRAMS, TOOLS);

    private static final List<Floor> BELOW_DEMO =
            Stream.concat(BELOW_PROGRAMS.stream(), Stream.of(FIRMWARE, FULLNODE, PROVISIONING))
                    .toList();
    static final Floor DEMO = new Floor("demo", BELOW_DEMO, TOOLS);

    /// Every module that is shipped, from the ground up.
    static final List<Floor> ALL = Stream.concat(BELOW_DEMO.stream(), Stream.of(DEMO)).toList();

    private static List<String> and(List<String> libraries, String one) {
        return Stream.concat(libraries.stream(), Stream.of(one)).toList();
    }

    /// The packages of this module, as ArchUnit writes them.
    String packages() {
        return "energy.cryptometer." + module + "..";
    }

    boolean holds(JavaClass type) {
        return (type.getPackageName() + ".").startsWith("energy.cryptometer." + module + ".");
    }

    /// Classes of this module name nothing but the Java platform, themselves, lower floors and
    /// their libraries.
    ArchRule usesOnlyWhatIsBelow() {
        Stream<String> own = Stream.of("java..", "javax..", "org.jspecify..", packages());
        Stream<String> lower = below.stream().map(Floor::packages);
        String[] allowed =
                Stream.of(own, lower, libraries.stream())
                        .flatMap(names -> names)
                        .toArray(String[]::new);
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    @Override
    public String toString() {
        return module;
    }
}

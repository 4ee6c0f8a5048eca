package energy.cryptometer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Time is an argument, threads are made in one place, and nobody uses a program: so the parts of
/// each program also run under virtual time, many of them in one thread.
class TimeTest {
    /// Besides the programs: what wraps the clocks, and what speaks to the kernel.
    private static final Set<String> MAY_ASK_THE_TIME = Set.of("timing", "hal.linux", "hal.clock");

    private static final Set<String> STILL_ASK_THE_TIME =
            Set.of(
                    "hal.gpio.EdgeReader",
                    "hal.gpio.GpioPulseSource",
                    "hal.meter.counting.ModbusMeterSource",
                    "hal.modbus.ModbusRtuClient",
                    "hal.panel.BlinkingLed",
                    "hal.pi4j.Pi4jPulseSource",
                    "hal.pulse.ReopeningSource");

    /// The worker; the pools of the library that speaks CoAP; and what a program does when it is
    /// told to stop, which Java takes as a thread.
    private static final Set<String> MAY_MAKE_THREADS =
            Set.of(
                    "timing.Worker",
                    "transport.Californium",
                    "transport.CoapServer",
                    "firmware.program.RunCommand",
                    "fullnode.program.RunCommand",
                    "demo.program.DemoCommand");

    private static final Set<String> STILL_MAKE_THREADS =
            Set.of(
                    "hal.gpio.EdgeReader",
                    "hal.meter.crosscheck.PolledRegister",
                    "hal.panel.BlinkingLed",
                    "hal.pi4j.KernelInput");

    @Test
    void onlyProgramsAskTheMachineForTheTime() {
        assertThat(
                        offenders(TimeTest::asksTheMachineForTheTime)
                                .filter(type ->
                                        !isProgram(type)
                                                && !MAY_ASK_THE_TIME.contains(
                                                        room(type.getPackageName()))))
                .extracting(type -> room(type.getName()))
                .containsExactlyInAnyOrderElementsOf(STILL_ASK_THE_TIME);
    }

    @Test
    void threadsAreMadeByTheWorker() {
        assertThat(
                        offenders(TimeTest::makesAThread)
                                .map(type -> room(type.getName()))
                                .filter(name -> !MAY_MAKE_THREADS.contains(name)))
                .containsExactlyInAnyOrderElementsOf(STILL_MAKE_THREADS);
    }

    @Test
    void nobodyUsesAProgram() {
        assertThat(
                        FloorsTest.HOUSE.stream()
                                .filter(type ->
                                        type.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(used ->
                                                        isProgram(used.getTargetClass())
                                                                && !used.getTargetClass()
                                                                        .getPackageName()
                                                                        .equals(
                                                                                type
                                                                                        .getPackageName())))
                                .map(type -> room(type.getName())))
                .isEmpty();
    }

    @Test
    void eachWayToAskIsCaught() {
        var found = new ClassFileImporter().importClasses(Offender.class).get(Offender.class);
        assertThat(
                        found.getAccessesFromSelf().stream()
                                .filter(TimeTest::asksTheMachineForTheTime)
                                .map(JavaAccess::getName))
                .containsExactlyInAnyOrder(
                        "now",
                        "now",
                        "nanoTime",
                        "currentTimeMillis",
                        "systemUTC",
                        "system",
                        "sleep",
                        "sleep",
                        "parkNanos",
                        "CLOCKS");
        assertThat(
                        found.getAccessesFromSelf().stream()
                                .filter(TimeTest::makesAThread)
                                .map(JavaAccess::getName))
                .containsExactlyInAnyOrder(
                        "<init>", "ofPlatform", "ofVirtual", "newCachedThreadPool");
    }

    private static Stream<JavaClass> offenders(Predicate<JavaAccess<?>> forbidden) {
        return FloorsTest.HOUSE.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(forbidden));
    }

    private static boolean isProgram(JavaClass type) {
        return List.of(type.getPackageName().split("\\.")).contains("program");
    }

    /// The name without the root that all share.
    private static String room(String name) {
        return name.replaceFirst("^energy\\.cryptometer\\.", "").replaceFirst("\\$.*", "");
    }

    private static boolean asksTheMachineForTheTime(JavaAccess<?> access) {
        String name = access.getName();
        JavaClass owner = access.getTargetOwner();
        return switch (owner.getName()) {
            case "java.lang.System" -> Set.of("nanoTime", "currentTimeMillis").contains(name);
            case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            case "java.util.concurrent.locks.LockSupport" ->
                    Set.of("parkNanos", "parkUntil").contains(name);
            case "java.time.Clock", "java.time.InstantSource" ->
                    name.startsWith("system") || name.startsWith("tick");
            case "energy.cryptometer.timing.SystemTime" -> true;
            default -> owner.getPackageName().equals("java.time") && name.equals("now");
        };
    }

    private static boolean makesAThread(JavaAccess<?> access) {
        String name = access.getName();
        return switch (access.getTargetOwner().getName()) {
            case "java.lang.Thread" -> name.equals("<init>") || name.startsWith("of");
            case "java.util.concurrent.Executors" -> name.startsWith("new");
            case "java.util.concurrent.ThreadPoolExecutor",
                    "java.util.concurrent.ScheduledThreadPoolExecutor",
                    "java.util.concurrent.ForkJoinPool",
                    "java.util.Timer" ->
                    name.equals("<init>");
            default -> false;
        };
    }

    /// Does all of it.
    static final class Offender {
        private final Supplier<Instant> reference = Instant::now;
        private final TimeSource clocks = SystemTime.CLOCKS;

        long asks() throws InterruptedException {
            Thread.sleep(1);
            TimeUnit.MILLISECONDS.sleep(1);
            LockSupport.parkNanos(1);
            return System.nanoTime()
                    + System.currentTimeMillis()
                    + Clock.systemUTC().millis()
                    + InstantSource.system().millis()
                    + LocalDate.now(ZoneOffset.UTC).toEpochDay()
                    + reference.get().toEpochMilli()
                    + clocks.nanoTime();
        }

        void makes() {
            new Thread(() -> {}).start();
            Thread.ofPlatform().start(() -> {});
            Thread.ofVirtual().start(() -> {});
            Executors.newCachedThreadPool().shutdown();
        }
    }
}

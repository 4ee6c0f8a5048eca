package energy.cryptometer.hal.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// The kernel's clock on 64-bit Linux: `clock_gettime(2)` for both times, `adjtimex(2)` for the
/// quality. No call blocks and none needs privileges.
public final class LinuxClock implements BoardClock {
    /// Wall time before this instant means that nobody has set the clock since power-on.
    public static final Instant EARLIEST_PLAUSIBLE = Instant.parse("2025-01-01T00:00:00Z");

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int CLOCK_REALTIME = 0; // linux/time.h
    private static final int CLOCK_BOOTTIME = 7; // linux/time.h
    private static final int STA_UNSYNC = 0x40; // linux/timex.h
    private static final int TIME_ERROR = 5; // linux/timex.h
    private static final long TIMESPEC_BYTES = 16; // struct timespec where long has 64 bits
    private static final long TIMEX_BYTES = 256; // struct timex is 208 bytes where long has 64 bits
    private static final long TIMEX_STATUS_OFFSET = 40; // int status, after modes and four longs
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long LARGEST_SPREAD_NANOS = 1_000_000L;
    private static final int MOST_READS = 8;

    private final MethodHandle clockGettime;
    private final MethodHandle adjtimex;
    private final UUID bootId;

    private LinuxClock(MethodHandle clockGettime, MethodHandle adjtimex, UUID bootId) {
        this.clockGettime = clockGettime;
        this.adjtimex = adjtimex;
        this.bootId = bootId;
    }

    /// The clock of this machine. Throws `UnsupportedOperationException` where it is not a 64-bit
    /// Linux, and `UncheckedIOException` where `/proc` does not give the boot id.
    public static LinuxClock ofThisMachine() {
        String system = System.getProperty("os.name", "unknown");
        if (!system.equals("Linux") || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            throw new UnsupportedOperationException(
                    "the board clock needs 64-bit Linux, this is "
                            + system
                            + " with addresses of "
                            + ValueLayout.ADDRESS.byteSize()
                            + " bytes; install a 64-bit image");
        }
        return new LinuxClock(
                function(
                        "clock_gettime",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)),
                function(
                        "adjtimex",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)),
                readBootId());
    }

    /// Boot time and wall time are read in turn until no more than a millisecond lies between them,
    /// so that a pause of the program does not shift one against the other; after eight tries the
    /// last pair stands.
    @Override
    public Reading read() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            long boot = nanos(CLOCK_BOOTTIME, time);
            for (int reads = 1; ; reads++) {
                long wallNanos = nanos(CLOCK_REALTIME, time);
                long bootAfter = nanos(CLOCK_BOOTTIME, time);
                if (bootAfter - boot <= LARGEST_SPREAD_NANOS || reads == MOST_READS) {
                    Instant wall = Instant.EPOCH.plusNanos(wallNanos);
                    return new Reading(boot, bootId, wall, quality(wall, arena));
                }
                boot = bootAfter;
            }
        }
    }

    private ClockQuality quality(Instant wall, Arena arena) {
        if (wall.isBefore(EARLIEST_PLAUSIBLE)) {
            return ClockQuality.UNKNOWN;
        }
        MemorySegment timex = arena.allocate(TIMEX_BYTES, Long.BYTES); // modes 0: read only
        int state = call(adjtimex, timex);
        int status = timex.get(ValueLayout.JAVA_INT, TIMEX_STATUS_OFFSET);
        boolean disciplined = state >= 0 && state != TIME_ERROR && (status & STA_UNSYNC) == 0;
        return disciplined ? ClockQuality.SYNCHRONISED : ClockQuality.INFORMATIVE;
    }

    private long nanos(int clock, MemorySegment time) {
        int result = call(clockGettime, clock, time);
        if (result != 0) {
            throw new IllegalStateException(
                    "clock_gettime("
                            + clock
                            + ") gave "
                            + result
                            + " instead of 0; is a seccomp filter in the way?");
        }
        return Math.addExact(
                Math.multiplyExact(time.get(ValueLayout.JAVA_LONG, 0), NANOS_PER_SECOND),
                time.get(ValueLayout.JAVA_LONG, Long.BYTES));
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) { // declared by every method handle; a C function throws nothing
            throw new IllegalStateException("the C library could not be called", e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    private static UUID readBootId() {
        try {
            return UUID.fromString(Files.readString(BOOT_ID).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BOOT_ID + "; is /proc mounted?", e);
        }
    }
}

package energy.cryptometer.bench.path;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// Processor time in nanoseconds, as the kernel counts it: what others do on the machine is no part
/// of it.
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /// Of all threads of this process since it began, compilers and garbage collector included.
    static long ofProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return system.getProcessCpuTime();
        }
        throw new IllegalStateException("this Java does not tell its processor time");
    }

    static long ofThread() {
        return THREADS.getCurrentThreadCpuTime();
    }
}

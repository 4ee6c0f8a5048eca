package energy.cryptometer.bench.path;

import java.util.EnumMap;
import java.util.Map;

/// Adds up what each part takes of the thread that calls it.
final class PartTimes {
    private final Map<Part, Long> nanos = new EnumMap<>(Part.class);

    /// Work that is measured.
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    PartTimes() {
        for (Part part : Part.values()) {
            nanos.put(part, 0L);
        }
    }

    <T> T measured(Part part, Work<T> work) throws InterruptedException {
        long before = ProcessorTime.ofThread();
        try {
            return work.run();
        } finally {
            nanos.merge(part, ProcessorTime.ofThread() - before, Long::sum);
        }
    }

    /// The nanoseconds of the process, then those of each part in their order.
    long[] withProcess() {
        long[] all = new long[1 + nanos.size()];
        all[0] = ProcessorTime.ofProcess();
        int next = 1;
        for (long part : nanos.values()) {
            all[next++] = part;
        }
        return all;
    }
}

package energy.cryptometer.firmware.profile;

import java.util.Arrays;

/// Intervals as they are read: row i lasts from `starts[i]` to `starts[i + 1]`, in milliseconds
/// after the begin of the first.
final class ProfileRows {
    private long[] ends = new long[1024];
    private long[] microwatts = new long[1024];
    private int size;

    void add(long endMillis, long power) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            microwatts = Arrays.copyOf(microwatts, 2 * size);
        }
        ends[size] = endMillis;
        microwatts[size] = power;
        size++;
    }

    int size() {
        return size;
    }

    /// End of the row added last.
    long lastEnd() {
        return ends[size - 1];
    }

    /// One more than there are rows. The first row is as long as the second.
    long[] starts() {
        long begin = ends[0] - (ends[1] - ends[0]);
        long[] starts = new long[size + 1];
        for (int row = 0; row < size; row++) {
            starts[row + 1] = ends[row] - begin;
        }
        return starts;
    }

    long[] microwatts() {
        return Arrays.copyOf(microwatts, size);
    }
}

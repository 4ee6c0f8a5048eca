package energy.cryptometer.hal.edge;

import java.util.random.RandomGenerator;

/// A pulse output as it is on a bad day: widths from 30 ms to 500 ms, at most 16.7 pulses in a
/// second, contacts that bounce up to 5 ms at each end, and bursts of noise up to 20 ms in the
/// pauses. Everything comes from the random generator.
///
/// Each call of [#next] writes one pulse and what comes before it into the arrays: so a train of
/// any length needs no memory.
public final class PulseTrain {
    static final long MILLI = 1_000_000;
    private static final long LEAST_WIDTH = 30 * MILLI;
    private static final long MOST_WIDTH = 500 * MILLI;
    private static final long LEAST_PAUSE = 30 * MILLI;
    private static final long LONGEST_BOUNCE = 5 * MILLI;
    private static final long LONGEST_BURST = 20 * MILLI;
    private static final long KEPT = 6 * MILLI;
    private static final int MOST_EDGES = 256;

    private final RandomGenerator random;
    private final long[] nanos = new long[MOST_EDGES];
    private final boolean[] active = new boolean[MOST_EDGES];
    private int edges;
    private long time = 1_000 * MILLI;
    private long sequence;
    private long start;

    /// A train that begins a second after the clock starts.
    public PulseTrain(RandomGenerator random) {
        this.random = random;
    }

    /// How many edges the last call wrote.
    public int edges() {
        return edges;
    }

    /// One of them.
    public Edge edge(int i) {
        return new Edge(nanos[i], active[i], sequence - edges + i + 1);
    }

    /// When the pulse of the last call began.
    public long start() {
        return start;
    }

    /// The pause before the next pulse, with its noise, and the pulse. Half of all trains run at
    /// the fastest rate, with the shortest pulses.
    public void next() {
        edges = 0;
        boolean fastest = random.nextInt(2) == 0;
        long width = fastest ? LEAST_WIDTH : random.nextLong(LEAST_WIDTH, MOST_WIDTH + 1);
        long pause = fastest ? LEAST_PAUSE : random.nextLong(LEAST_PAUSE, 40 * LEAST_PAUSE);
        // `time` is where the contact was opened; its bounce is written already and lies in here.
        start = time + pause;
        noise(time + LONGEST_BOUNCE, start - KEPT);
        write(start, true);
        bounce(start, start + width);
        time = start + width;
        write(time, false);
        bounce(time, time + LONGEST_BOUNCE);
    }

    /// The level flickers for at most 5 ms, and not beyond `end`, and is then again what it was.
    private void bounce(long begin, long end) {
        boolean level = active[edges - 1];
        long until = Math.min(end, begin + random.nextLong(LONGEST_BOUNCE));
        flicker(begin, until, level);
    }

    /// An even number of changes after `begin` and up to `until`.
    private void flicker(long begin, long until, boolean level) {
        long at = begin;
        for (int i = random.nextInt(5); i > 0; i--) {
            long off = at + 1 + random.nextLong(2 * MILLI);
            long on = off + 1 + random.nextLong(2 * MILLI);
            if (on > until) {
                return;
            }
            write(off, !level);
            write(on, level);
            at = on;
        }
    }

    /// Bursts that leave 6 ms to each other and end no later than `latest`. The first one may touch
    /// the pulse before.
    private void noise(long earliest, long latest) {
        long from = earliest;
        for (int i = random.nextInt(3); i > 0; i--) {
            long begin = from + random.nextLong(10 * MILLI);
            long end = begin + 1 + random.nextLong(LONGEST_BURST);
            if (random.nextInt(4) == 0) {
                end = begin + LONGEST_BURST;
            }
            if (end > latest) {
                return;
            }
            write(begin, true);
            flicker(begin, end - 1, true);
            write(end, false);
            from = end + KEPT;
        }
    }

    private void write(long at, boolean level) {
        nanos[edges] = at;
        active[edges] = level;
        edges++;
        sequence++;
    }
}

package energy.cryptometer.hal.panel;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A status light on a lamp, blinked by a thread of its own. It wakes at most 20 times a second,
/// and once for each pulse; a lamp that fails ends the thread and nothing else, and one that hangs
/// holds up nobody who counts.
public final class BlinkingLed implements StatusLed {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NEVER = -1;
    private static final long LONGEST_CLOSE_MILLIS = 2_000;

    private final Led lamp;
    private final long startNanos = System.nanoTime();
    private final Thread thread;
    private volatile Signal signal = Signal.NOT_COUNTING;
    private volatile long pulseMillis = NEVER;
    private volatile boolean stopping;
    private volatile @Nullable String failure;

    private BlinkingLed(Led lamp) {
        this.lamp = lamp;
        thread = Thread.ofPlatform().name("light").daemon().unstarted(this::run);
    }

    /// Blinks from now on; until told otherwise it shows that nobody counts. The lamp belongs to
    /// it.
    public static BlinkingLed on(Led lamp) {
        BlinkingLed light = new BlinkingLed(lamp);
        light.thread.start();
        return light;
    }

    private long millis() {
        return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }

    private void run() {
        try (lamp) {
            Optional<Boolean> shown = Optional.empty();
            while (!stopping) {
                long now = millis();
                long pulse = pulseMillis;
                long sincePulse = pulse == NEVER ? NEVER : Math.max(0, now - pulse);
                boolean lit = BlinkPattern.isLit(signal, now, sincePulse);
                if (shown.isEmpty() || shown.get() != lit) {
                    lamp.set(lit);
                    shown = Optional.of(lit);
                }
                LockSupport.parkNanos(BlinkPattern.untilNext(now, sincePulse) * NANOS_PER_MILLI);
            }
        } catch (RuntimeException e) {
            failure = Optional.ofNullable(e.getMessage()).orElse(e.toString());
        }
    }

    @Override
    public void show(Signal wanted) {
        if (signal != wanted) {
            signal = wanted;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void pulse() {
        pulseMillis = millis();
        LockSupport.unpark(thread);
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(failure);
    }

    /// Waits for the lamp to go dark, at most 2 s.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

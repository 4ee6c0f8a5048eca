package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.KeyException.Reason;
import energy.cryptometer.timing.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The meters of a board. One that cannot be opened, because its journal is another meter's or its
/// token is away, is left out and tried again, so that the others count; it is said in the log, in
/// the status of the others and by the LED. For one thread.
final class Meters implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("cryptometer");
    static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final Closer closing = new Closer();
    private final List<Meter> open = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Function<FirmwareConfig, Meter> opener;
    private final TimeSource time;
    private final Duration againAfter;
    private long lastTryNanos;

    private record LeftOut(FirmwareConfig config, RuntimeException why) {
        /// A PIN that was refused is not tried again: a few more attempts would lock the token.
        boolean isFinal() {
            return why instanceof KeyException key
                    && (key.reason() == Reason.WRONG_PIN || key.reason() == Reason.PIN_LOCKED);
        }

        String line() {
            String name =
                    config.meter()
                            .map(entry -> "meter " + entry.serial())
                            .orElseGet(() -> "the meter with journal " + config.journal());
            return "%s is left out and does not count: %s; %s"
                    .formatted(
                            name,
                            String.valueOf(why.getMessage()).replaceAll("\\p{Cntrl}+", " "),
                            isFinal()
                                    ? "correct it, then restart the program"
                                    : "it is tried again every minute");
        }
    }

    /// No meters yet.
    Meters(Function<FirmwareConfig, Meter> opener, TimeSource time, Duration againAfter) {
        this.time = time;
        this.opener = opener;
        this.againAfter = againAfter;
    }

    /// Opens as many as can be opened.
    ///
    /// @throws RuntimeException why the first could not be, where none could: a refused PIN before
    ///   all else, so that the program is not started again to try it
    void open(List<FirmwareConfig> configs) {
        for (FirmwareConfig config : configs) {
            attempt(config, _ -> {});
        }
        lastTryNanos = time.nanoTime();
        requireOne();
        leftOut.forEach(meter -> LOG.log(System.Logger.Level.ERROR, "{0}", meter.line()));
    }

    /// Starts those that are open; what cannot be started is left out, too.
    void start(Consumer<Meter> starter) {
        List<Meter> opened = List.copyOf(open);
        for (Meter meter : opened) {
            try {
                starter.accept(meter);
            } catch (RuntimeException e) {
                open.remove(meter);
                meter.close();
                leftOut.add(new LeftOut(meter.config(), e));
                requireOne();
                LOG.log(System.Logger.Level.ERROR, "{0}", leftOut.getLast().line());
            }
        }
    }

    /// Tries those that were left out again, at most once a minute.
    void tryAgain(Consumer<Meter> starter) {
        if (leftOut.isEmpty() || time.since(lastTryNanos).compareTo(againAfter) < 0) {
            return;
        }
        List<LeftOut> before = List.copyOf(leftOut);
        leftOut.clear();
        for (LeftOut meter : before) {
            if (meter.isFinal()) {
                leftOut.add(meter);
            } else if (attempt(meter.config(), starter)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "meter {0}: is no longer left out",
                        open.getLast().serial());
            }
        }
        lastTryNanos = time.nanoTime();
    }

    private boolean attempt(FirmwareConfig config, Consumer<Meter> starter) {
        Meter meter;
        try {
            meter = opener.apply(config);
        } catch (RuntimeException e) {
            leftOut.add(new LeftOut(config, e));
            return false;
        }
        try {
            starter.accept(meter);
        } catch (RuntimeException e) {
            meter.close();
            leftOut.add(new LeftOut(config, e));
            return false;
        }
        open.add(closing.with(meter));
        return true;
    }

    private void requireOne() {
        if (open.isEmpty()) {
            throw leftOut.stream()
                    .filter(LeftOut::isFinal)
                    .findFirst()
                    .orElse(leftOut.getFirst())
                    .why();
        }
    }

    /// Those that are open, also those that will be later.
    List<Meter> open() {
        return Collections.unmodifiableList(open);
    }

    /// Whether none is left out.
    boolean areAllOpen() {
        return leftOut.isEmpty();
    }

    /// Which are left out and why, one line each.
    List<String> problems() {
        return leftOut.stream().map(LeftOut::line).toList();
    }

    /// How each is, for the status LED.
    List<LedCode.Working> working() {
        return Stream.concat(
                        open.stream().map(Meter::working),
                        leftOut.stream().map(_ -> new LedCode.Working(false, true, true)))
                .toList();
    }

    @Override
    public void close() {
        closing.close();
    }
}

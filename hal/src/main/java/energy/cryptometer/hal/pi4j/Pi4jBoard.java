package energy.cryptometer.hal.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.definition.BoardModel;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import energy.cryptometer.hal.board.BoardIdentity;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.gpio.GpioException;
import energy.cryptometer.hal.gpio.GpioPin;
import energy.cryptometer.hal.panel.Led;
import energy.cryptometer.hal.panel.TamperSwitch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What this board has for Pi4J: one context, made when the first line is wanted and never where
/// none is. Each failure is one [Pi4jException]; what to do without the line is the caller's
/// business. Safe for several threads.
public final class Pi4jBoard implements AutoCloseable {
    /// Held here because a logger nobody holds forgets its level. Pi4J calls a board that is no
    /// Raspberry Pi an error, several times; what matters is said here, once.
    private static final Logger NOISE = Logger.getLogger("com.pi4j");

    private final Supplier<Context> contexts;
    private final Function<PinSettings, GpioPin.Place> finder;
    private @Nullable Context context;

    static {
        if (NOISE.getLevel() == null) {
            NOISE.setLevel(Level.OFF);
        }
    }

    Pi4jBoard(Supplier<Context> contexts, Function<PinSettings, GpioPin.Place> finder) {
        this.contexts = contexts;
        this.finder = finder;
    }

    /// The board this program runs on. Touches nothing yet.
    public static Pi4jBoard ofThisMachine() {
        return new Pi4jBoard(
                () ->
                        Pi4J.newContextBuilder()
                                .noAutoDetect()
                                .noAutoInject()
                                .disableShutdownHook()
                                .add(new KernelInputProvider(), new KernelOutputProvider())
                                .build(),
                pin -> GpioPin.find(pin.chip(), pin.line()));
    }

    /// What board this is; never a failure.
    public static BoardIdentity identity() {
        return BoardIdentity.read(Path.of("/"), model());
    }

    private static Optional<String> model() {
        try {
            BoardModel model = BoardInfoHelper.current().getBoardModel();
            return model == BoardModel.UNKNOWN ? Optional.empty() : Optional.of(model.getLabel());
        } catch (RuntimeException | LinkageError _) {
            return Optional.empty(); // the kernel knows it, too
        }
    }

    /// An LED.
    ///
    /// @throws Pi4jException where the line cannot be had
    public Led led(PinSettings pin) {
        DigitalState lit = DigitalState.getState(!pin.activeLow());
        DigitalOutput output = output(pin, DigitalState.getInverseState(lit));
        return new Pi4jLed(output, lit, pin.toString());
    }

    /// A switch on the lid, with a pull-up, open while the line is active.
    ///
    /// @throws Pi4jException where the line cannot be had
    public TamperSwitch tamperSwitch(PinSettings pin, BoardClock clock) {
        return new Pi4jTamperSwitch(
                input(pin, PullResistance.PULL_UP),
                DigitalState.getState(!pin.activeLow()),
                clock,
                pin.toString());
    }

    synchronized DigitalInput input(PinSettings pin, PullResistance pull) {
        return wanted(
                "input",
                pin,
                (opened, place) -> {
                    var config =
                            DigitalInput.newConfigBuilder(opened)
                                    .id(id(place))
                                    .bcm(place.line())
                                    .pull(pull);
                    var _ = config.bus(place.chip());
                    return opened.create(config.build());
                });
    }

    private synchronized DigitalOutput output(PinSettings pin, DigitalState dark) {
        return wanted(
                "output",
                pin,
                (opened, place) -> {
                    var config =
                            DigitalOutput.newConfigBuilder(opened)
                                    .id(id(place))
                                    .bcm(place.line())
                                    .initial(dark)
                                    .shutdown(dark);
                    var _ = config.bus(place.chip());
                    return opened.create(config.build());
                });
    }

    private static String id(GpioPin.Place place) {
        return "chip" + place.chip() + "-line" + place.line();
    }

    private interface Maker<T> {
        T make(Context context, GpioPin.Place place);
    }

    private <T> T wanted(String what, PinSettings pin, Maker<T> maker) {
        try {
            GpioPin.Place place = finder.apply(pin);
            Context opened = context;
            if (opened == null) {
                opened = contexts.get();
                context = opened;
            }
            return maker.make(opened, place);
        } catch (RuntimeException | LinkageError e) { // whatever Pi4J throws, counting goes on
            throw new Pi4jException(
                    "no %s at %s through Pi4J: %s".formatted(what, pin, reason(e)), e);
        }
    }

    /// What the kernel said, where it said something.
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GpioException) {
                return oneLine(cause);
            }
        }
        return oneLine(failure);
    }

    private static String oneLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.toString())
                .replaceAll("\\p{Cntrl}+", " ");
    }

    /// Gives all lines back; LEDs go dark.
    @Override
    public synchronized void close() {
        Context opened = context;
        context = null;
        if (opened != null) {
            try {
                opened.shutdown();
            } catch (Pi4JException e) {
                throw new Pi4jException("Pi4J does not end: " + oneLine(e), e);
            }
        }
    }
}

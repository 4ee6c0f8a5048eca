package energy.cryptometer.hal.gpio;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import energy.cryptometer.hal.edge.PulseRule;
import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/// A line that counts nothing: an LED, a switch. Levels are those of the wire, whatever they mean.
/// One thread reads or writes it; another may close it only when that one has left.
public final class GpioPin implements AutoCloseable {
    private static final long GET_VALUES = 0xC010B40EL; // GPIO_V2_LINE_GET_VALUES_IOCTL
    private static final long SET_VALUES = 0xC010B40FL; // GPIO_V2_LINE_SET_VALUES_IOCTL
    private static final long VALUES_BYTES = 16;

    private final Place place;
    private final Descriptor descriptor;
    private final LineRequest edges;

    private GpioPin(Place place, Descriptor descriptor) {
        this.place = place;
        this.descriptor = descriptor;
        try {
            edges = new LineRequest(descriptor);
        } catch (SystemCallException e) {
            descriptor.close();
            throw failed("opened", e);
        }
    }

    /// Where a line is: the numbers of its chip and of the line on it, both from 0.
    public record Place(int chip, int line) {
        public Place {
            if (chip < 0 || line < 0) {
                throw new IllegalArgumentException(
                        "line " + line + " of chip " + chip + " is negative");
            }
        }

        String path() {
            return "/dev/gpiochip" + chip;
        }

        @Override
        public String toString() {
            return "line " + line + " of " + path();
        }
    }

    /// Where that line is.
    ///
    /// @param chip path or label
    /// @param line number or name
    /// @throws GpioException where there is no such line, or more than one
    public static Place find(String chip, String line) {
        return GpioChips.OF_KERNEL.find(chip, line);
    }

    /// An input that tells its edges.
    ///
    /// @throws GpioException where it cannot be had
    public static GpioPin input(Place place, GpioInput.Bias bias) {
        GpioInput input =
                new GpioInput(
                        place.path(),
                        Integer.toString(place.line()),
                        false,
                        bias,
                        PulseRule.USUAL,
                        1);
        return new GpioPin(place, GpioChips.OF_KERNEL.request(input).descriptor());
    }

    /// An output that is `high` or low from its first moment on.
    ///
    /// @throws GpioException where it cannot be had
    public static GpioPin output(Place place, boolean high) {
        String line = Integer.toString(place.line());
        return new GpioPin(place, GpioChips.OF_KERNEL.requestOutput(place.path(), line, high));
    }

    /// The level now.
    ///
    /// @throws GpioException where the chip is gone
    public boolean isHigh() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(VALUES_BYTES, Long.BYTES);
            values.set(JAVA_LONG, Long.BYTES, 1);
            descriptor.control(GET_VALUES, values);
            return (values.get(JAVA_LONG, 0) & 1) != 0;
        } catch (SystemCallException e) {
            throw failed("read", e);
        }
    }

    /// Makes the output high or low.
    ///
    /// @throws GpioException where the chip is gone
    public void set(boolean high) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(VALUES_BYTES, Long.BYTES);
            values.set(JAVA_LONG, 0, high ? 1 : 0);
            values.set(JAVA_LONG, Long.BYTES, 1);
            descriptor.control(SET_VALUES, values);
        } catch (SystemCallException e) {
            throw failed("set", e);
        }
    }

    /// The level after the next edge, whether it waits already or comes before the time runs out.
    ///
    /// @throws GpioException where the chip is gone
    public Optional<Boolean> awaitEdge(Duration longest) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(LineEvent.BYTES, Long.BYTES);
            if (edges.await(longest) && edges.read(event) == 1) {
                return Optional.of(LineEvent.read(event, 0).active());
            }
            return Optional.empty();
        } catch (SystemCallException e) {
            throw failed("read", e);
        }
    }

    private GpioException failed(String what, SystemCallException e) {
        return new GpioException(place + " cannot be " + what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

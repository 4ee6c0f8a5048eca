package energy.cryptometer.hal.gpio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.Errno;
import energy.cryptometer.hal.linux.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The GPIO chips of a machine, by the kernel's GPIO uAPI v2 (`linux/gpio.h`, since Linux 5.10).
/// Chips are found by path or label, lines by number or name.
final class GpioChips {
    /// Those of this machine.
    static final GpioChips OF_KERNEL = new GpioChips(Path.of("/dev"));

    private static final String CONSUMER = "cryptometer";
    private static final int NAME_BYTES = 32; // GPIO_MAX_NAME_SIZE
    private static final int MOST_LINES = 4_096;
    private static final int MOST_NAMED = 12;

    private static final long CHIP_INFO = 0x8044B401L; // GPIO_GET_CHIPINFO_IOCTL
    private static final long CHIP_INFO_BYTES = 68;
    private static final long CHIP_LABEL_AT = 32;
    private static final long CHIP_LINES_AT = 64;

    private static final long LINE_INFO = 0xC100B405L; // GPIO_V2_GET_LINEINFO_IOCTL
    private static final long LINE_INFO_BYTES = 256;
    private static final long LINE_CONSUMER_AT = 32;
    private static final long LINE_OFFSET_AT = 64;
    private static final long LINE_FLAGS_AT = 72;
    private static final long USED = 1;

    private static final long GET_LINE = 0xC250B407L; // GPIO_V2_GET_LINE_IOCTL
    private static final long REQUEST_BYTES = 592;
    private static final long REQUEST_CONSUMER_AT = 256;
    private static final long REQUEST_FLAGS_AT = 288;
    private static final long REQUEST_ATTRIBUTES_AT = 296;
    private static final long REQUEST_ATTRIBUTE_AT = 320;
    private static final long REQUEST_LINES_AT = 560;
    private static final long REQUEST_BUFFER_AT = 564;
    private static final long REQUEST_FD_AT = 588;
    private static final long ACTIVE_LOW = 1L << 1;
    private static final long INPUT = 1L << 2;
    private static final long OUTPUT = 1L << 3;
    private static final int OUTPUT_VALUES = 2; // GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES
    private static final long EDGE_RISING = 1L << 4;
    private static final long EDGE_FALLING = 1L << 5;

    /// GPIO_V2_LINES_MAX * 16: the kernel cuts what is more.
    private static final int EVENT_BUFFER = 1_024;

    private final Path devices;

    /// The chips whose devices lie in that folder.
    GpioChips(Path devices) {
        this.devices = devices;
    }

    private record Chip(String path, String name, String label, int lines) {
        @Override
        public String toString() {
            return "%s (label %s, %d lines)".formatted(path, label, lines);
        }
    }

    private record Line(int number, String name, String consumer, boolean used) {}

    /// Requests both edges of the line, dated and numbered by the kernel.
    ///
    /// @throws GpioException where it cannot be had
    LineRequest request(GpioInput input) {
        String what = "edges or bias " + input.bias();
        try {
            return new LineRequest(request(input.chip(), input.line(), what, input(input)));
        } catch (SystemCallException e) {
            throw new GpioException(input.where() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// What [#request] asks the kernel for, for somebody who asks it at the next boot.
    ///
    /// @throws GpioException where there is no such line
    BootHold.Plan plan(GpioInput input) {
        Chip chip = chip(input.chip());
        try (Descriptor device = open(chip.path());
                Arena arena = Arena.ofConfined()) {
            int line = line(device, chip, input.line(), arena).number();
            return new BootHold.Plan(
                    chip.path(), chip.label(), line, flags(input), EVENT_BUFFER, input.label());
        }
    }

    /// Requests the line as an output that is `high` or low from its first moment on.
    ///
    /// @throws GpioException where it cannot be had
    Descriptor requestOutput(String chip, String line, boolean high) {
        return request(
                chip,
                line,
                "output",
                request -> {
                    request.set(JAVA_LONG, REQUEST_FLAGS_AT, OUTPUT);
                    request.set(JAVA_INT, REQUEST_ATTRIBUTES_AT, 1);
                    request.set(JAVA_INT, REQUEST_ATTRIBUTE_AT, OUTPUT_VALUES);
                    request.set(JAVA_LONG, REQUEST_ATTRIBUTE_AT + Long.BYTES, high ? 1 : 0);
                    request.set(JAVA_LONG, REQUEST_ATTRIBUTE_AT + 2L * Long.BYTES, 1);
                });
    }

    /// Number of the chip, as in its path, and of the line on it.
    ///
    /// @throws GpioException where there is no such line, or more than one
    GpioPin.Place find(String wantedChip, String wantedLine) {
        Chip chip = chip(wantedChip);
        try (Descriptor device = open(chip.path());
                Arena arena = Arena.ofConfined()) {
            int line = line(device, chip, wantedLine, arena).number();
            String digits = chip.name().replaceFirst("^gpiochip", "");
            return new GpioPin.Place(
                    number(digits)
                            .orElseThrow(() ->
                                    new GpioException(
                                            "the kernel calls %s '%s', that is no gpiochipN"
                                                    .formatted(chip, chip.name()))),
                    line);
        }
    }

    private Descriptor request(
            String wantedChip, String wantedLine, String what, Consumer<MemorySegment> settings) {
        Chip chip = chip(wantedChip);
        try (Descriptor device = open(chip.path());
                Arena arena = Arena.ofConfined()) {
            Line line = line(device, chip, wantedLine, arena);
            MemorySegment request = arena.allocate(REQUEST_BYTES, Long.BYTES);
            request.set(JAVA_INT, 0, line.number());
            request.setString(REQUEST_CONSUMER_AT, CONSUMER);
            request.set(JAVA_INT, REQUEST_LINES_AT, 1);
            settings.accept(request);
            try {
                device.control(GET_LINE, request);
                return Descriptor.adopt(request.get(JAVA_INT, REQUEST_FD_AT));
            } catch (SystemCallException e) {
                throw refused(what, chip, line, e);
            }
        }
    }

    private static Consumer<MemorySegment> input(GpioInput input) {
        return request -> {
            request.set(JAVA_LONG, REQUEST_FLAGS_AT, flags(input));
            request.set(JAVA_INT, REQUEST_BUFFER_AT, EVENT_BUFFER);
        };
    }

    private static long flags(GpioInput input) {
        return INPUT
                | EDGE_RISING
                | EDGE_FALLING
                | (input.activeLow() ? ACTIVE_LOW : 0)
                | input.bias().flag();
    }

    private static GpioException refused(
            String wanted, Chip chip, Line line, SystemCallException e) {
        String what = "line %d '%s' of %s".formatted(line.number(), line.name(), chip);
        if (e.is(Errno.BUSY) || line.used()) {
            return new GpioException(
                    what
                            + " is in use by '"
                            + line.consumer()
                            + "' (EBUSY): stop that program or driver, or choose another line",
                    e);
        }
        if (e.is(Errno.INVALID) || e.is(Errno.NOT_SUPPORTED) || e.is(Errno.NO_SUCH_DEVICE)) {
            return new GpioException(
                    what
                            + " was refused ("
                            + e.errno()
                            + "): the chip cannot do "
                            + wanted
                            + " there; try bias \"as-is\" or another line",
                    e);
        }
        return new GpioException(what + " was refused: " + e.getMessage(), e);
    }

    private Chip chip(String wanted) {
        if (wanted.startsWith("/")) {
            try (Descriptor device = open(wanted)) {
                return chip(wanted, device);
            }
        }
        List<Chip> chips = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        for (String path : paths()) {
            try (Descriptor device = open(path)) {
                chips.add(chip(path, device));
            } catch (GpioException e) {
                closed.add(e.getMessage());
            }
        }
        List<Chip> found =
                chips.stream()
                        .filter(c -> c.label().equals(wanted) || c.name().equals(wanted))
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new GpioException(
                "%s GPIO chip has the label '%s'; there are %s%s: name one of them by path"
                        .formatted(
                                found.isEmpty() ? "no" : "more than one",
                                wanted,
                                chips.isEmpty() ? "none" : chips.toString(),
                                closed.isEmpty() ? "" : ", and " + closed));
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(devices, "gpiochip*")) {
            found.forEach(path -> paths.add(path.toString()));
        } catch (IOException e) {
            throw new GpioException("cannot list " + devices, e);
        }
        return paths.stream().sorted().toList();
    }

    private Descriptor open(String path) {
        try {
            return Descriptor.open(path);
        } catch (SystemCallException e) {
            String advice =
                    switch (e.errno().toString()) {
                        case "ENOENT" -> "there are " + paths() + "; name one of them";
                        case "EACCES", "EPERM" ->
                                "put the user of this program into the group of the device"
                                        + " (gpio), or allow it in the unit (DeviceAllow=)";
                        default -> "look at the device";
                    };
            throw new GpioException(
                    "GPIO chip %s cannot be opened (%s): %s".formatted(path, e.errno(), advice), e);
        }
    }

    private static Chip chip(String path, Descriptor device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(CHIP_INFO_BYTES, Integer.BYTES);
            device.control(CHIP_INFO, info);
            return new Chip(
                    path,
                    text(info, 0),
                    text(info, CHIP_LABEL_AT),
                    info.get(JAVA_INT, CHIP_LINES_AT));
        } catch (SystemCallException e) {
            throw new GpioException(
                    "%s is no GPIO chip (%s): name one of /dev/gpiochip*"
                            .formatted(path, e.errno()),
                    e);
        }
    }

    private static Line line(Descriptor device, Chip chip, String wanted, Arena arena) {
        MemorySegment info = arena.allocate(LINE_INFO_BYTES, Long.BYTES);
        int lines = Math.min(chip.lines(), MOST_LINES);
        Optional<Integer> number = number(wanted);
        if (number.isPresent() && number.get() < lines) {
            return line(device, chip, number.get(), info);
        }
        List<Line> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            Line line = line(device, chip, i, info);
            if (line.name().equals(wanted)) {
                found.add(line);
            }
            if (!line.name().isEmpty() && names.size() < MOST_NAMED) {
                names.add(line.name());
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new GpioException(
                "%s line '%s' on %s: lines are 0 to %d, named ones are %s"
                        .formatted(
                                found.isEmpty() ? "no" : "more than one",
                                wanted,
                                chip,
                                lines - 1,
                                names.size() < MOST_NAMED ? names : names + " and more"));
    }

    private static Optional<Integer> number(String wanted) {
        return wanted.length() <= 4 && wanted.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(Integer.parseInt(wanted))
                : Optional.empty();
    }

    private static Line line(Descriptor device, Chip chip, int number, MemorySegment info) {
        info.fill((byte) 0);
        info.set(JAVA_INT, LINE_OFFSET_AT, number);
        try {
            device.control(LINE_INFO, info);
        } catch (SystemCallException e) {
            throw new GpioException(
                    "line %d of %s cannot be asked about (%s): Linux 5.10 or newer is needed"
                            .formatted(number, chip, e.errno()),
                    e);
        }
        return new Line(
                number,
                text(info, 0),
                text(info, LINE_CONSUMER_AT),
                (info.get(JAVA_LONG, LINE_FLAGS_AT) & USED) != 0);
    }

    private static String text(MemorySegment structure, long offset) {
        byte[] bytes = structure.asSlice(offset, NAME_BYTES).toArray(JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7e]", "?");
    }
}

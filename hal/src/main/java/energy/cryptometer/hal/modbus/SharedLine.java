package energy.cryptometer.hal.modbus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// One meter's hold on a serial line that other meters may be on, too. In one process there is one
/// port for one device, however many meters and names it has: requests take turns in the order in
/// which they come, and the device is given back when the last hold is closed.
public final class SharedLine implements ModbusClient {
    private static final Map<Path, Line> LINES = new HashMap<>();

    private final Path key;
    private final Line line;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// A port and how many hold it.
    private static final class Line {
        private final ModbusRtuClient port;
        private final SerialSettings settings;
        private int holds;

        Line(ModbusRtuClient port, SerialSettings settings) {
            this.port = port;
            this.settings = settings;
        }
    }

    private SharedLine(Path key, Line line) {
        this.key = key;
        this.line = line;
    }

    /// A hold on the line at that path. Does not touch the device yet.
    ///
    /// @throws IllegalArgumentException if the line is already held with other settings
    public static SharedLine at(String device, SerialSettings settings) {
        Path key = key(device);
        synchronized (LINES) {
            Line line =
                    LINES.computeIfAbsent(
                            key, _ -> new Line(ModbusRtuClient.at(device, settings), settings));
            if (!line.settings.equals(settings)) {
                throw new IllegalArgumentException(
                        device
                                + " is already in use at "
                                + line.settings
                                + ", it cannot be at "
                                + settings
                                + " too: set all meters of a line alike");
            }
            line.holds++;
            return new SharedLine(key, line);
        }
    }

    /// Two names of one device, such as the link under `/dev/serial/by-id`, are one line.
    private static Path key(String device) {
        Path path = Path.of(device);
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize(); // not plugged in yet
        }
    }

    @Override
    public ReadResponse read(ReadRequest request) throws InterruptedException {
        return closed.get()
                ? new ReadResponse.PortFault(description() + " was closed by this meter")
                : line.port.read(request);
    }

    @Override
    public long echoes() {
        return line.port.echoes();
    }

    @Override
    public String description() {
        return line.port.description();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        synchronized (LINES) {
            line.holds--;
            if (line.holds == 0) {
                LINES.remove(key, line);
                line.port.close();
            }
        }
    }
}

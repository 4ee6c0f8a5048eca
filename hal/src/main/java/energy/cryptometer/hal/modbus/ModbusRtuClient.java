package energy.cryptometer.hal.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Modbus RTU on a serial device through jSerialComm. The device is opened at the first request and
/// again after each fault, so an adapter may be unplugged and come back.
///
/// Before each request the line is silent for the pause the meter wants and everything on it is
/// thrown away; after a request without a proper answer it must first stay silent for a whole
/// timeout, so that a late answer is not taken for the answer to the next question.
public final class ModbusRtuClient implements ModbusClient {
    private static final int SLICE_MILLIS = 20;
    private static final int DATA_BITS = 8;
    private static final int MOST_NOISE_BYTES = 4_096;

    private final String device;
    private final SerialSettings settings;
    private final ReentrantLock lock = new ReentrantLock(true); // meters take turns
    private @Nullable SerialPort open;
    private boolean lateAnswerPossible;
    private int openError;
    private Duration lastPause = Duration.ZERO;
    private final AtomicLong echoes = new AtomicLong();
    private long lastByteNanos = System.nanoTime();

    private ModbusRtuClient(String device, SerialSettings settings) {
        this.device = device;
        this.settings = settings;
    }

    /// The port at that path, best one under `/dev/serial/by-id` that names the adapter and not its
    /// turn. Does not touch the device yet.
    public static ModbusRtuClient at(String device, SerialSettings settings) {
        return new ModbusRtuClient(device, settings);
    }

    @Override
    public ReadResponse read(ReadRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<SerialPort> port = opened();
            if (port.isEmpty()) {
                return new ReadResponse.PortFault(whyNotOpen());
            }
            ReadResponse answer = exchange(port.get(), request);
            lateAnswerPossible =
                    !(answer instanceof ReadResponse.Words
                            || answer instanceof ReadResponse.ExceptionResponse);
            if (answer instanceof ReadResponse.Timeout
                    || answer instanceof ReadResponse.PortFault) {
                close(); // an adapter that went and came back is another device under the old name
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private ReadResponse exchange(SerialPort port, ReadRequest request)
            throws InterruptedException {
        if (!awaitSilence(port, silenceBefore(request))) {
            return new ReadResponse.BadFrame(
                    false, "the line does not fall silent: check termination and other masters");
        }
        byte[] sent = RtuFrame.request(request);
        if (port.writeBytes(sent, sent.length) != sent.length) {
            return new ReadResponse.PortFault(
                    device + " takes no bytes any more: is the adapter still plugged in?");
        }
        Duration wait =
                request.timeout()
                        .plusMillis(
                                settings.millisFor(sent.length + RtuFrame.longestAnswer(request)));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + wait.toNanos();
        do {
            if (!readInto(received, port)) {
                return new ReadResponse.PortFault(
                        device + " gives no bytes any more: is the adapter still plugged in?");
            }
            if (RtuFrame.isComplete(request, received.toByteArray())) {
                break;
            }
        } while (System.nanoTime() - deadline < 0 && received.size() < MOST_NOISE_BYTES);
        return said(request, received.toByteArray(), wait);
    }

    private ReadResponse said(ReadRequest request, byte[] received, Duration waited) {
        if (RtuFrame.isEchoed(request, received)) {
            echoes.incrementAndGet();
        }
        return received.length == 0 || RtuFrame.isOnlyEcho(request, received)
                ? new ReadResponse.Timeout(waited)
                : RtuFrame.answer(request, received);
    }

    /// What the meter asked last and the meter asked now both want, and never less than the norm.
    private Duration silenceBefore(ReadRequest request) {
        Duration pause = longer(longer(request.pause(), lastPause), settings.frameSilence());
        lastPause = request.pause();
        return lateAnswerPossible ? longer(request.timeout(), pause) : pause;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// Reads and forgets until nothing came for `silence`. False if the noise does not end.
    private boolean awaitSilence(SerialPort port, Duration silence) throws InterruptedException {
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        while (System.nanoTime() - lastByteNanos < silence.toNanos()) {
            if (!readInto(noise, port)) {
                return true; // the write that follows says what is wrong
            }
            if (noise.size() > MOST_NOISE_BYTES) {
                return false;
            }
        }
        port.flushIOBuffers();
        return true;
    }

    /// Waits one slice of time for bytes. False if the device is gone.
    private boolean readInto(ByteArrayOutputStream into, SerialPort port)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading " + device);
        }
        byte[] bytes = new byte[256];
        long before = System.nanoTime();
        int count = port.readBytes(bytes, bytes.length);
        if (count > 0) {
            into.write(bytes, 0, count);
            lastByteNanos = System.nanoTime();
        } else if (System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(1)) {
            Thread.sleep(1); // a dead device answers at once; do not spin on it
        }
        return count >= 0;
    }

    private Optional<SerialPort> opened() {
        if (open != null && open.isOpen()) {
            return Optional.of(open);
        }
        try {
            SerialPort port = SerialPort.getCommPort(device);
            port.setComPortParameters(
                    settings.baud(),
                    DATA_BITS,
                    settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
                    switch (settings.parity()) {
                        case NONE -> SerialPort.NO_PARITY;
                        case EVEN -> SerialPort.EVEN_PARITY;
                        case ODD -> SerialPort.ODD_PARITY;
                    });
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_MILLIS, 0);
            if (!port.openPort()) {
                openError = port.getLastErrorCode();
                return Optional.empty();
            }
            lastByteNanos = System.nanoTime();
            open = port;
            return Optional.of(port);
        } catch (SerialPortInvalidPortException e) {
            return Optional.empty();
        }
    }

    private String whyNotOpen() {
        Path path = Path.of(device);
        if (!Files.exists(path)) {
            return device + " does not exist: is the adapter plugged in?";
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            return device + " may not be used by this account: add it to the group dialout";
        }
        return device
                + " cannot be opened (error "
                + openError
                + "): another program may be using it, or it cannot do "
                + settings;
    }

    @Override
    public long echoes() {
        return echoes.get();
    }

    @Override
    public String description() {
        return device + " at " + settings;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (open != null) {
                open.closePort();
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }
}

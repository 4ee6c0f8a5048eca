package energy.cryptometer.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

/// A UDP socket that is bound before it starts, counts every datagram, and drops what comes in
/// while the protocol threads are drowning (their queue has no bound of its own).
final class CountingConnector extends UDPConnector {
    private final DatagramSocket bound;
    private final BooleanSupplier drowning;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();

    CountingConnector(DatagramSocket bound, Configuration configuration, BooleanSupplier drowning) {
        super((InetSocketAddress) bound.getLocalSocketAddress(), configuration);
        this.bound = bound;
        this.drowning = drowning;
    }

    @Override
    public synchronized void start() throws IOException {
        if (!running) {
            init(bound);
        }
    }

    @Override
    public void destroy() {
        super.destroy();
        bound.close();
    }

    @Override
    public void send(RawData message) {
        super.send(
                RawData.outbound(
                        message.getBytes(),
                        message.getEndpointContext(),
                        new Counted(message),
                        message.isMulticast()));
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        receivedMessages.increment();
        receivedBytes.add(datagram.getLength());
        if (!drowning.getAsBoolean()) {
            super.processDatagram(datagram);
        }
    }

    TrafficCount traffic() {
        return new TrafficCount(
                sentBytes.sum(), receivedBytes.sum(), sentMessages.sum(), receivedMessages.sum());
    }

    /// Counts a message once the socket took it, and passes on what happens to it.
    private final class Counted implements MessageCallback {
        private final RawData message;

        Counted(RawData message) {
            this.message = message;
        }

        @Override
        public void onSent() {
            sentMessages.increment();
            sentBytes.add(message.getSize());
            message.onSent();
        }

        @Override
        public void onConnecting() {
            message.onConnecting();
        }

        @Override
        public void onDtlsRetransmission(int flight) {
            message.onDtlsRetransmission(flight);
        }

        @Override
        public void onContextEstablished(EndpointContext context) {
            message.onContextEstablished(context);
        }

        @Override
        public void onError(Throwable error) {
            message.onError(error);
        }
    }
}

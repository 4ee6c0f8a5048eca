package energy.cryptometer.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;

/// Counts every message that passes through a connector, whatever the connector does to protect it,
/// and drops what comes in while the protocol threads are overloaded (their queue has no bound of
/// its own).
final class CountingConnector implements Connector {
    private final Connector connector;
    private final BooleanSupplier overloaded;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder receivedMessages = new LongAdder();

    CountingConnector(Connector connector, BooleanSupplier overloaded) {
        this.connector = connector;
        this.overloaded = overloaded;
    }

    /// Opens the socket; does nothing if it is open.
    @Override
    public void start() throws IOException {
        if (!connector.isRunning()) {
            connector.start();
        }
    }

    @Override
    public void stop() {
        connector.stop();
    }

    @Override
    public void destroy() {
        connector.destroy();
    }

    @Override
    public void send(RawData message) {
        connector.send(
                RawData.outbound(
                        message.getBytes(),
                        message.getEndpointContext(),
                        new Counted(message),
                        message.isMulticast()));
    }

    @Override
    public void setRawDataReceiver(RawDataChannel receiver) {
        connector.setRawDataReceiver(message -> {
            receivedMessages.increment();
            receivedBytes.add(message.getSize());
            if (!overloaded.getAsBoolean()) {
                receiver.receiveData(message);
            }
        });
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        connector.setEndpointContextMatcher(matcher);
    }

    @Override
    public InetSocketAddress getAddress() {
        return connector.getAddress();
    }

    @Override
    public String getProtocol() {
        return connector.getProtocol();
    }

    @Override
    public boolean isRunning() {
        return connector.isRunning();
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        connector.processDatagram(datagram);
    }

    @Override
    public String toString() {
        return connector.toString();
    }

    TrafficCount traffic() {
        return new TrafficCount(
                sentBytes.sum(), receivedBytes.sum(), sentMessages.sum(), receivedMessages.sum());
    }

    /// Counts a message once the connector took it, and passes on what happens to it.
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

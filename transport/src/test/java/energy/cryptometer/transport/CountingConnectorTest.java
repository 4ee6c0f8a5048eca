package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.junit.jupiter.api.Test;

/// Counting knows nothing of what a connector does below it: here it is one without a socket.
class CountingConnectorTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5683);

    private final Loop below = new Loop();
    private final AtomicBoolean overloaded = new AtomicBoolean();
    private final List<RawData> delivered = new ArrayList<>();
    private final CountingConnector counting = new CountingConnector(below, overloaded::get);

    private static RawData sent(int bytes) {
        return RawData.outbound(new byte[bytes], new AddressEndpointContext(PEER), null, false);
    }

    @Test
    void whatIsSentAndReceivedIsCounted() {
        counting.setRawDataReceiver(delivered::add);
        counting.send(sent(5));
        counting.send(sent(7));
        below.send(sent(11));

        assertThat(counting.traffic()).isEqualTo(new TrafficCount(12, 23, 2, 3));
        assertThat(delivered).hasSize(3);
    }

    @Test
    void whatComesWhileTheProtocolIsOverloadedIsCountedAndDropped() {
        counting.setRawDataReceiver(delivered::add);
        overloaded.set(true);
        below.send(sent(11));

        assertThat(counting.traffic()).isEqualTo(new TrafficCount(0, 11, 0, 1));
        assertThat(delivered).isEmpty();
    }

    @Test
    void aSocketThatIsOpenIsNotOpenedAgain() throws IOException {
        counting.start();
        counting.start();
        assertThat(below.starts).isOne();
        counting.destroy();
        assertThat(counting.isRunning()).isFalse();
    }

    /// Gives back whatever is sent.
    private static final class Loop implements Connector {
        private RawDataChannel receiver = _ -> {};
        private int starts;
        private boolean running;

        @Override
        public void start() {
            starts++;
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public void destroy() {
            stop();
        }

        @Override
        public void send(RawData message) {
            message.onSent();
            receiver.receiveData(
                    RawData.inbound(
                            message.getBytes(),
                            message.getEndpointContext(),
                            false,
                            0,
                            getAddress()));
        }

        @Override
        public void setRawDataReceiver(RawDataChannel channel) {
            receiver = channel;
        }

        @Override
        public void setEndpointContextMatcher(EndpointContextMatcher matcher) {}

        @Override
        public InetSocketAddress getAddress() {
            return PEER;
        }

        @Override
        public String getProtocol() {
            return "UDP";
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public void processDatagram(DatagramPacket datagram) {
            throw new UnsupportedOperationException("no datagrams here");
        }
    }
}

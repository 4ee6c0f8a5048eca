package energy.cryptometer.transport.message;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.TransportSecurity;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A node on the network answers what the node in memory behind it answers.
@Tag("coap")
class CoapNodeClientTest implements NodeClientContract {
    private final WrittenChain chain = new WrittenChain(4);
    private final ServedNode served = new ServedNode(new MemoryNode(chain), chain.community());
    private final CoapClient coap =
            new CoapClient(
                    TransportSecurity.plain(),
                    CoapLimits.USUAL.withTimeout(Duration.ofSeconds(10)),
                    SystemTime.CLOCKS);

    @AfterEach
    void close() {
        coap.close();
        served.close();
    }

    @Override
    public Subject subject() {
        return MemoryNodeTest.of(
                chain, new CoapNodeClient(coap, served.address(), chain.community()));
    }

    @Test
    void aNodeOfAnotherCommunityIsNamedSo() {
        var other = new SmallCommunity(2).genesis.community();
        assertThat(new CoapNodeClient(coap, served.address(), other).head())
                .isInstanceOf(Answer.OtherCommunity.class);
    }

    @Test
    void aNodeThatIsGoneIsUnreachable() {
        served.close();
        try (CoapClient hasty =
                new CoapClient(
                        TransportSecurity.plain(),
                        CoapLimits.USUAL.withTimeout(Duration.ofMillis(300)),
                        SystemTime.CLOCKS)) {
            assertThat(new CoapNodeClient(hasty, served.address(), chain.community()).head())
                    .isInstanceOf(Answer.Unreachable.class);
        }
    }
}

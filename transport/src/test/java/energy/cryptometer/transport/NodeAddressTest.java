package energy.cryptometer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
    @ParameterizedTest
    @CsvSource({
        "coap://127.0.0.1:5683, 127.0.0.1, 5683",
        "coap://node-1.example.org:1, node-1.example.org, 1",
        "coap://[::1]:65535, ::1, 65535",
        "coap://[fe80:0::1]:5683, fe80:0::1, 5683"
    })
    void anAddressIsReadAndWrittenBack(String text, String host, int port) {
        assertThat(NodeAddress.parse(text)).isEqualTo(new NodeAddress(host, port));
        assertThat(NodeAddress.parse(text)).hasToString(text);
    }

    @Test
    void anAddressSaysWhetherItIsCalledOverDtls() {
        NodeAddress secured = NodeAddress.parse("coaps://[::1]:5684");
        assertThat(secured).isEqualTo(new NodeAddress(NodeAddress.Scheme.COAPS, "::1", 5684));
        assertThat(secured).hasToString("coaps://[::1]:5684");
        assertThat(TransportSecurity.plain().refusal(secured))
                .hasValue(
                        "coaps://[::1]:5684 needs CoAP over DTLS, this program speaks plain CoAP"
                                + " only");
        assertThatThrownBy(() -> TransportSecurity.plain().address("coaps://[::1]:5684"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("coaps://[::1]:5684 needs CoAP over DTLS");
        assertThat(TransportSecurity.plain().address("coap://[::1]:5683"))
                .isEqualTo(new NodeAddress("::1", 5683));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:5683",
                "coap://127.0.0.1",
                "coap://127.0.0.1:0",
                "coap://127.0.0.1:65536",
                "coap://127.0.0.1:999999",
                "coap://127.0.0.1:5683/",
                "coap://127.0.0.1:5683/path",
                "coap://user@host:5683",
                "coap://::1:5683",
                "coap://[127.0.0.1]:5683",
                "coap://[::1:5683",
                "coap://ho st:5683",
                "coap://-host:5683",
                "coapss://host:5684",
                "coap+tcp://host:5683",
                "COAP://host:5683",
                " coap://host:5683",
                "coap://host:5683\n"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> NodeAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "x", "/a//b", "/a/", "/a b", "/a?", "/a?b&", "/ä", "/a%20b"})
    void whatIsNoPathIsRefused(String path) {
        assertThatThrownBy(() -> ResourcePath.parse(path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathIsReadAndWrittenBack() {
        assertThat(ResourcePath.parse("/v1/blocks?from=7&to=9"))
                .hasToString("/v1/blocks?from=7&to=9");
    }

    @ParameterizedTest
    @CsvSource({"2.05, CONTENT", "4.29, TOO_MANY_REQUESTS", "5.03, UNAVAILABLE"})
    void codesAreWrittenAsPeopleWriteThem(String text, CoapCode code) {
        assertThat(code).hasToString(text);
        assertThat(CoapCode.of(code.value())).isEqualTo(code);
    }

    @Test
    void anUnknownCodeCountsAsTheFirstOfItsClass() {
        assertThat(CoapCode.of(4 << 5 | 30)).isEqualTo(CoapCode.BAD_REQUEST);
        assertThat(CoapCode.of(5 << 5 | 30)).isEqualTo(CoapCode.INTERNAL_SERVER_ERROR);
    }
}

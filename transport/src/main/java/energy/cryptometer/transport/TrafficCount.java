package energy.cryptometer.transport;

/// Every CoAP message an endpoint sent and received since it was made: retransmissions, blocks and
/// empty acknowledgements included. Bytes are those of the messages: over plain CoAP the payload of
/// the UDP datagrams; what DTLS adds, its handshakes among it, is not counted.
public record TrafficCount(
        long sentBytes, long receivedBytes, long sentMessages, long receivedMessages) {

    /// What was added since an earlier count of the same endpoint.
    public TrafficCount since(TrafficCount earlier) {
        return new TrafficCount(
                sentBytes - earlier.sentBytes,
                receivedBytes - earlier.receivedBytes,
                sentMessages - earlier.sentMessages,
                receivedMessages - earlier.receivedMessages);
    }
}

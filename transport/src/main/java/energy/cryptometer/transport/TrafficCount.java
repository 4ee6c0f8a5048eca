package energy.cryptometer.transport;

/// Every datagram an endpoint sent and received since it was made: retransmissions, blocks and
/// empty acknowledgements included. Bytes are UDP payload, without IP and UDP headers.
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

package energy.cryptometer.hal.modbus;

/// A line with meters on it. Several sources may share one port; requests are answered one at a
/// time.
public interface ModbusClient extends AutoCloseable {
    /// Sends one request and waits for its answer. Never gives an answer to another request.
    ReadResponse read(ReadRequest request) throws InterruptedException;

    /// How often an answer came with the request before it: a transceiver that hears itself.
    default long echoes() {
        return 0;
    }

    /// Where this port is, in one line.
    String description();

    /// Gives the device back. Never throws; may be called twice.
    @Override
    void close();
}

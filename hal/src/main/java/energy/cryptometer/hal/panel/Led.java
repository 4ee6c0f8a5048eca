package energy.cryptometer.hal.panel;

/// One LED. Belongs to one thread.
public interface Led extends AutoCloseable {
    /// Lights it, or makes it dark. May fail with an unchecked exception, in one line.
    void set(boolean lit);

    /// Makes it dark and gives it back. Never throws.
    @Override
    void close();
}

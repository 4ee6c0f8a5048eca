package energy.cryptometer.firmware.sign;

import energy.cryptometer.ledger.key.Signer;

/// The key of a meter, wherever it is.
public interface MeterKey extends Signer, AutoCloseable {
    /// In the words of every status line.
    String kind();

    /// Where the key is, or why it is not there; never a secret.
    String description();

    @Override
    void close();
}

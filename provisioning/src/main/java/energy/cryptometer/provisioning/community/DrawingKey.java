package energy.cryptometer.provisioning.community;

import energy.cryptometer.ledger.vrf.VrfPublicKey;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import energy.cryptometer.provisioning.key.PrivateFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// The key with which a node draws lots (RFC 9381): a file of 64 hexadecimal digits.
final class DrawingKey {
    private DrawingKey() {}

    /// Draws a new key and writes it; gives its public side.
    static VrfPublicKey create(Path file, SecureRandom random) {
        byte[] scalar = new byte[VrfSecretKey.BYTES];
        while (true) {
            random.nextBytes(scalar);
            try {
                VrfSecretKey key = VrfSecretKey.of(scalar);
                PrivateFiles.file(file, HexFormat.of().formatHex(scalar) + "\n");
                return key.publicKey();
            } catch (IllegalArgumentException _) {
                // About one draw in 2^32 is not below the order of the curve: draw again.
            } finally {
                Arrays.fill(scalar, (byte) 0);
            }
        }
    }
}

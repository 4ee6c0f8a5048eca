package energy.cryptometer.provisioning.key;

import energy.cryptometer.ledger.vrf.VrfPublicKey;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// The file of a node's VRF key (RFC 9381), with which it takes part in the lottery of proposers:
/// 64 hexadecimal digits.
public final class VrfKeyFile {
    private VrfKeyFile() {}

    /// Makes a new key and writes it; gives its public side.
    public static VrfPublicKey create(Path file, SecureRandom random) {
        byte[] scalar = new byte[VrfSecretKey.BYTES];
        while (true) {
            random.nextBytes(scalar);
            try {
                VrfSecretKey key = VrfSecretKey.of(scalar);
                PrivateFiles.file(file, HexFormat.of().formatHex(scalar) + "\n");
                return key.publicKey();
            } catch (IllegalArgumentException _) {
                // About one of 2^32 random numbers is not below the order of the curve: try again.
            } finally {
                Arrays.fill(scalar, (byte) 0);
            }
        }
    }
}

package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import java.io.PrintWriter;
import java.util.HexFormat;

/// The public side of a key, for a person or for a program.
final class KeyReport {
    private KeyReport() {}

    static void print(KeySigner signer, boolean json, PrintWriter out) {
        if (json) {
            out.println(asJson(signer));
        } else {
            out.print(lines(signer));
        }
        out.flush();
    }

    private static Json asJson(KeySigner signer) {
        PublicKey key = signer.publicKey();
        return Json.object()
                .put("publicKey", HexFormat.of().formatHex(key.compressed()))
                .put("account", AccountId.of(key).toString())
                .put("keyId", key.id().toString())
                .put("kind", signer.kind().label())
                .put("description", signer.description());
    }

    private static String lines(KeySigner signer) {
        PublicKey key = signer.publicKey();
        return """
        public key  %s
        account     %s
        key id      %s
        kind        %s
        key         %s
        """
                .formatted(
                        HexFormat.of().formatHex(key.compressed()),
                        AccountId.of(key),
                        key.id(),
                        signer.kind().label(),
                        signer.description());
    }
}

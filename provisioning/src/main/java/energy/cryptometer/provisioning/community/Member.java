package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.Json;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import java.util.HexFormat;

/// Somebody whose key is known now.
///
/// @param keyKind where the key lives, for people
record Member(String name, Role role, PublicKey key, String keyKind) {
    AccountId account() {
        return AccountId.of(key);
    }

    Json asJson() {
        return Json.object()
                .put("role", role.word())
                .put("account", account().toString())
                .put("keyId", key.id().toString())
                .put("publicKey", HexFormat.of().formatHex(key.compressed()))
                .put("keyKind", keyKind);
    }
}

package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.provisioning.description.Role;
import java.util.HexFormat;
import java.util.Optional;

/// A member of a community whose key is known now.
///
/// @param keyKind where the key lives; empty if it was made elsewhere
public record Member(String name, Role role, PublicKey key, Optional<KeyKind> keyKind) {
    public AccountId account() {
        return AccountId.of(key);
    }

    /// Where the key lives, in words.
    public String keyLabel() {
        return keyKind.map(KeyKind::label).orElse("enrolled");
    }

    Json asJson() {
        return Json.object()
                .put("role", role.word())
                .put("account", account().toString())
                .put("keyId", key.id().toString())
                .put("publicKey", HexFormat.of().formatHex(key.compressed()))
                .put("keyKind", keyLabel());
    }
}

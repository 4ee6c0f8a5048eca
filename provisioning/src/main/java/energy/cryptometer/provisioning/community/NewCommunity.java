package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.community.Community;
import java.nio.file.Path;
import java.util.List;

/// A community that exists now.
///
/// @param folder where everything was written
public record NewCommunity(Path folder, Community community, List<Member> members) {
    static final String GENESIS_FILE = "genesis.cbor";
    static final String ACCOUNTS_FILE = "accounts.json";

    public NewCommunity {
        members = List.copyOf(members);
    }

    public Path genesis() {
        return folder.resolve(GENESIS_FILE);
    }

    /// Who is behind which account, by name: what only the grid operator keeps.
    public Json accounts() {
        return accounts(members);
    }

    static Json accounts(List<Member> members) {
        Json accounts = Json.object();
        members.forEach(member -> accounts.put(member.name(), member.asJson()));
        return accounts;
    }

    /// How many keys are in files that can be copied.
    public long trialKeys() {
        return members.stream()
                .filter(member -> member.keyKind().filter(KeyKind.TRIAL::equals).isPresent())
                .count();
    }
}

package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.Json;
import energy.cryptometer.hal.key.KeyKind;
import energy.cryptometer.ledger.community.Community;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A community that exists now.
///
/// @param folder where everything was written
record Founded(Path folder, Community community, List<Member> members) {
    Founded {
        members = List.copyOf(members);
    }

    /// Who is behind which account, by name: what only the grid operator keeps.
    static Json accounts(List<Member> members) {
        Json accounts = Json.object();
        members.forEach(member -> accounts.put(member.name(), member.asJson()));
        return accounts;
    }

    Json asJson() {
        return Json.object()
                .put("community", community.toString())
                .put("folder", folder.toString())
                .put("genesis", folder.resolve("genesis.cbor").toString())
                .put("trialKeys", trialKeys())
                .put("accounts", accounts(members));
    }

    private long trialKeys() {
        return members.stream()
                .filter(member -> member.keyKind().equals(KeyKind.TRIAL.label()))
                .count();
    }

    /// A table of the accounts and what to do next.
    String asText() {
        int width = members.stream().mapToInt(member -> member.name().length()).max().orElse(0);
        String row = "%-" + width + "s  %-11s  %s  %s%n";
        var text = new StringBuilder("Community ").append(community).append("%n%n".formatted());
        for (Member member : members) {
            text.append(
                    row.formatted(
                            member.name(),
                            member.role().word(),
                            member.account(),
                            member.keyKind()));
        }
        return text.append(nextSteps()).toString();
    }

    private String nextSteps() {
        return """

        Written to %s. Next:
        1. Keep the folder authority and accounts.json where only the grid operator can read them.
        2. Start each node:   %s
        3. Choose a [source] in each cryptometer.toml and start each meter:
                              %s
        %d keys are trial keys (software): they can be copied and are for trials only.
        """
                .formatted(
                        folder,
                        commands(Role.NODE, "community-node run --config nodes/%s/node.toml"),
                        commands(Role.METER, "cryptometer run --config meters/%s/cryptometer.toml"),
                        trialKeys());
    }

    private String commands(Role role, String command) {
        return members.stream()
                .filter(member -> member.role() == role)
                .map(member -> command.formatted(member.name()))
                .limit(3)
                .collect(Collectors.joining("%n%22s".formatted("")));
    }
}

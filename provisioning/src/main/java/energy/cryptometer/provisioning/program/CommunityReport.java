package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.Json;
import energy.cryptometer.provisioning.community.Member;
import energy.cryptometer.provisioning.community.NewCommunity;
import energy.cryptometer.provisioning.description.Role;
import java.util.stream.Collectors;

/// What `provision community init` prints about the community it made.
record CommunityReport(NewCommunity made) {
    Json asJson() {
        return Json.object()
                .put("community", made.community().toString())
                .put("folder", made.folder().toString())
                .put("genesis", made.genesis().toString())
                .put("trialKeys", made.trialKeys())
                .put("accounts", made.accounts());
    }

    /// A table of the accounts and what to do next.
    String asText() {
        int width =
                made.members().stream().mapToInt(member -> member.name().length()).max().orElse(0);
        String row = "%-" + width + "s  %-11s  %s  %s%n";
        var text = new StringBuilder("Community %s%n%n".formatted(made.community()));
        for (Member member : made.members()) {
            text.append(
                    row.formatted(
                            member.name(),
                            member.role().word(),
                            member.account(),
                            member.keyLabel()));
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
                        made.folder(),
                        commands(Role.NODE, "community-node run --config nodes/%s/node.toml"),
                        commands(Role.METER, "cryptometer run --config meters/%s/cryptometer.toml"),
                        made.trialKeys());
    }

    private String commands(Role role, String command) {
        return made.members().stream()
                .filter(member -> member.role() == role)
                .map(member -> command.formatted(member.name()))
                .limit(3)
                .collect(Collectors.joining("%n%22s".formatted("")));
    }
}

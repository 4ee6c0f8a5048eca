package energy.cryptometer.provisioning.community;

import picocli.CommandLine.Command;

/// The commands about whole communities.
@Command(
        name = "community",
        description = "Sets up a community.",
        subcommands = CommunityInitCommand.class)
public final class CommunityCommand {}

package energy.cryptometer.provisioning.program;

import picocli.CommandLine.Command;

/// The commands about whole communities.
@Command(
        name = "community",
        description = "Sets up a community.",
        subcommands = CommunityInitCommand.class)
final class CommunityCommand {}

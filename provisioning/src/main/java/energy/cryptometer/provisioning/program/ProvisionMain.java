package energy.cryptometer.provisioning.program;

import energy.cryptometer.command.Programs;
import picocli.CommandLine.Command;

/// The program `provision`: sets up communities and makes keys.
@Command(
        name = "provision",
        description = "Sets up communities and enrols the keys of their members.",
        subcommands = {CommunityCommand.class, KeyCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  provision community init --file community.toml --out example-street",
            "  provision key init --uri 'pkcs11:token=meter;object=meter-key' --pin-file /etc/pin",
            "  provision key show --file key.p12 --pin-file pin"
        })
public final class ProvisionMain {
    /// Runs the program.
    public static void main(String[] arguments) {
        Programs.main(new ProvisionMain(), arguments);
    }
}

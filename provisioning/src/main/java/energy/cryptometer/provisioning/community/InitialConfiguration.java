package energy.cryptometer.provisioning.community;

import energy.cryptometer.provisioning.description.CommunityDescription;
import energy.cryptometer.provisioning.description.KeySource;
import java.util.List;
import java.util.stream.Collectors;

/// The configurations that a meter and a node start with. Paths are from the file's own folder.
final class InitialConfiguration {
    private static final String TRIAL_KEY =
            """
            trial_key = "key.p12"           # a software key: for trials only
            pin_file = "pin"
            """;

    private InitialConfiguration() {}

    static String meter(CommunityDescription.Meter meter, List<CommunityDescription.Node> nodes) {
        String addresses =
                nodes.stream()
                        .map(node -> TomlText.quoted(node.listen().node().toString()))
                        .collect(Collectors.joining(", "));
        return """
        # Cryptometer %s, bound to the meter with serial %s.

        [meter]
        genesis = "../../genesis.cbor"
        journal = "journal.db"

        [key]
        %s
        [forward]
        nodes = [%s]

        # Where the pulses come from: remove the comment signs of one of the two.
        #
        # [source]                        # a meter on a serial line
        # type = "modbus"
        # model = "eastron-sdm120"
        # port = "/dev/ttyUSB0"
        # unit = 1
        # direction = "export"          # or "import": which of the two totals is counted
        # poll_seconds = 1
        #
        # [source]                        # measured power from a file, for trials
        # type = "profile"
        # file = "profile.csv"
        # column = "power"
        # time_lapse = 1
        """
                .formatted(
                        meter.name(), TomlText.quoted(meter.serial()), key(meter.key()), addresses);
    }

    static String node(CommunityDescription.Node node, boolean withPlant) {
        String plant =
                """

                [plant]                           # this node allocates for the virtual power plant
                trial_key = "../../plant/key.p12"
                pin_file = "../../plant/pin"
                """;
        return """
        # Community node %s.

        [node]
        genesis = "../../genesis.cbor"
        store = "node.db"
        listen = %s

        [key]
        %s
        [vrf]
        secret_file = "vrf.key"
        %s\
        """
                .formatted(
                        node.name(),
                        TomlText.quoted(node.listen().toString()),
                        key(node.key()),
                        withPlant ? plant : "");
    }

    private static String key(KeySource source) {
        return switch (source) {
            case KeySource.Trial() -> TRIAL_KEY;
            case KeySource.Token(var uri, _, var pinFile) ->
                    "pkcs11 = %s\n%s\n"
                            .formatted(
                                    TomlText.quoted(uri.toString()),
                                    pinFile.map(file ->
                                                    "pin_file = "
                                                            + TomlText.quoted(file.toString()))
                                            .orElse(
                                                    "# pin-source in the line above names the PIN"));
            case KeySource.Enrolled(var publicKey) ->
                    """
                    # Name the token that holds the key with id %s:
                    # pkcs11 = "pkcs11:token=meter;object=meter-key?module-name=softhsm2"
                    # pin_file = "/etc/cryptometer/pin"
                    """
                            .formatted(publicKey.id());
        };
    }
}

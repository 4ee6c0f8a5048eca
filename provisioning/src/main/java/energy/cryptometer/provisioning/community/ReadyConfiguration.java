package energy.cryptometer.provisioning.community;

import java.util.List;
import java.util.stream.Collectors;

/// The configurations that a meter and a node start with. Paths are from the file's own folder.
final class ReadyConfiguration {
    private static final String TRIAL_KEY =
            """
            trial_key = "key.p12"           # a software key: for trials only
            pin_file = "pin"
            """;

    private ReadyConfiguration() {}

    static String meter(CommunityPlan.Meter meter, List<CommunityPlan.Node> nodes) {
        String addresses =
                nodes.stream()
                        .map(node -> TomlText.quoted("coap://" + node.listen()))
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

        # Where the pulses come from: take the comment signs of one of the two away.
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

    static String node(CommunityPlan.Node node, boolean withPlant) {
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
                        TomlText.quoted(node.listen()),
                        key(node.key()),
                        withPlant ? plant : "");
    }

    private static String key(KeyPlan plan) {
        return switch (plan) {
            case KeyPlan.Trial() -> TRIAL_KEY;
            case KeyPlan.Token(var uri, _, var pinLine) ->
                    "pkcs11 = %s\n%s\n".formatted(TomlText.quoted(uri.toString()), pinLine);
            case KeyPlan.Enrolled(var publicKey) ->
                    """
                    # Name the token that holds the key with id %s:
                    # pkcs11 = "pkcs11:token=meter;object=meter-key?module-name=softhsm2"
                    # pin_file = "/etc/cryptometer/pin"
                    """
                            .formatted(publicKey.id());
        };
    }
}

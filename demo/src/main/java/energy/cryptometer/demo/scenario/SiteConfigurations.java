package energy.cryptometer.demo.scenario;

import java.time.Instant;

/// The texts of the configurations in a [Site].
record SiteConfigurations(Site site, Scenario scenario) {
    String community(Instant origin) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                [community]
                name = "Table 1"
                origin = %s
                step_seconds = %d
                collect_seconds = %d
                propose_seconds = %d
                max_pulses_per_transaction = %d
                """
                        .formatted(
                                origin,
                                Site.STEP.toSeconds(),
                                Site.COLLECT.toSeconds(),
                                Site.PROPOSE.toSeconds(),
                                scenario.maxPulses()));
        for (Scenario.Generator generator : scenario.generators()) {
            text.append(
                    """
                    [[meter]]
                    name = "%s"
                    serial = "DEMO-%s"
                    mid_class = "B"
                    constant = %d
                    rated_power_watts = 100000000
                    """
                            .formatted(generator.name(), generator.name(), Scenario.CONSTANT));
            if (Site.inToken(generator)) {
                text.append(
                        "pkcs11 = \"%s\"%npin_file = \"pin-%s\"%n"
                                .formatted(site.keyUri(generator), generator.name()));
            }
        }
        for (Scenario.Share share : scenario.shares()) {
            text.append(
                    "[[participant]]%nname = \"%s\"%nshare_ppm = %d%n"
                            .formatted(share.name(), share.partsPerMillion()));
        }
        return text.append(
                        "[[node]]%nname = \"node-1\"%nlisten = \"127.0.0.1:%d\"%n"
                                .formatted(site.port()))
                .toString();
    }

    String meter(Scenario.Generator generator, Instant origin) {
        String key =
                Site.inToken(generator)
                        ? "pkcs11 = \"%s\"%npin_file = \"pin-%s\""
                                .formatted(site.keyUri(generator), generator.name())
                        : "trial_key = \"community/meters/%1$s/key.p12\"%npin_file = \"community/meters/%1$s/pin\""
                                .formatted(generator.name());
        return """
        [meter]
        genesis = "community/genesis.cbor"
        journal = "meter-%s.db"
        [source]
        type = "profile"
        file = "%s"
        column = "%s"
        time_lapse = %s
        start = %s
        [key]
        %s
        [forward]
        nodes = ["%s"]
        retry_max_ms = 1000
        [sign]
        max_pulses_per_transaction = %d
        """
                .formatted(
                        generator.name(),
                        site.profileFile(generator),
                        generator.column(),
                        generator.timeLapse().toPlainString(),
                        origin,
                        key,
                        site.node(),
                        scenario.maxPulses());
    }

    String node() {
        return """
        [node]
        genesis = "community/genesis.cbor"
        store = "node.db"
        listen = "127.0.0.1:%d"
        [key]
        trial_key = "community/nodes/node-1/key.p12"
        pin_file = "community/nodes/node-1/pin"
        [vrf]
        secret_file = "community/nodes/node-1/vrf.key"
        [plant]
        trial_key = "community/plant/key.p12"
        pin_file = "community/plant/pin"
        """
                .formatted(site.port());
    }
}

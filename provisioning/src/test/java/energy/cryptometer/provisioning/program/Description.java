package energy.cryptometer.provisioning.program;

/// Descriptions of communities.
final class Description {
    static final String TABLE_ONE =
            """
            [community]
            name = "Example street"
            origin = 2026-11-22T00:00:00Z
            step_seconds = 10
            collect_seconds = 2
            propose_seconds = 3
            [[meter]]
            name = "A"
            serial = "SDM-0001"
            mid_class = "B"
            constant = 1000
            rated_power_watts = 10000
            [[meter]]
            name = "B"
            serial = "SDM-0002"
            mid_class = "C"
            constant = 800
            rated_power_watts = 5000
            [[participant]]
            name = "X"
            share_ppm = 320000
            [[participant]]
            name = "Y"
            share_ppm = 680000
            [[node]]
            name = "node-1"
            listen = "127.0.0.1:5683"
            [[node]]
            name = "node-2"
            listen = "[::1]:5684"
            """;

    private Description() {}
}

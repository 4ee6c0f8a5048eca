package energy.cryptometer.bench.path;

/// How pulses come, which decides how many share a commit and a message.
enum Rhythm {
    /// 10 kW at 1000 pulses per kilowatt-hour: a pulse every third of a second. Each has a commit
    /// of its own, and a message that waits one second for company carries three.
    ISOLATED(1, 1, 3),
    /// Two hundred pulses a second, as of a large plant, a replay, or a backlog after an outage.
    STREAM(20, 100, 200);

    /// Pulses that one read of the input gives: one commit.
    final int perCommit;

    /// Pulses after which the signing stage takes its turn.
    final int perRound;

    /// Pulses after which the forwarding stage takes its turn.
    final int perMessage;

    Rhythm(int perCommit, int perRound, int perMessage) {
        this.perCommit = perCommit;
        this.perRound = perRound;
        this.perMessage = perMessage;
    }
}

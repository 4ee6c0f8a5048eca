package energy.cryptometer.ledger.community;

/// How many votes approve a block: floor(2n / 3) + 1 of n nodes, one vote each. That is a majority,
/// as the paper's Table 2 asks, and no single equivocator can make two quorums of it.
final class Quorum {
    private Quorum() {}

    static int of(int nodes) {
        return 2 * nodes / 3 + 1;
    }
}

package energy.cryptometer.ledger.community;

/// How many votes approve a block: floor(2n / 3) + 1 of n nodes, one vote each.
///
/// That is a majority, as the paper's Table 2 asks, and more: any two quorums share more than a
/// third of the nodes, so two blocks of one height can only both be approved if more than a third
/// of the nodes vote for both. Up to f = floor((n - 1) / 3) faulty nodes do no harm.
///
/// ```text
///   n        1  2  3  4  5  6  7  10  200
///   quorum   1  2  3  3  4  5  5   7  134
///   f        0  0  0  1  1  1  2   3   66
/// ```
public final class Quorum {
    private Quorum() {}

    /// The quorum of a set.
    ///
    /// @param nodes 1 or more
    public static int of(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("%d nodes have no quorum".formatted(nodes));
        }
        return 2 * nodes / 3 + 1;
    }
}

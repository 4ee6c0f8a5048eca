package energy.cryptometer.fullnode.node;

import energy.cryptometer.fullnode.mempool.MempoolLimits;
import energy.cryptometer.fullnode.voting.BlockLimits;

/// What members and strangers can make a node hold.
public record NodeLimits(MempoolLimits mempool, BlockLimits block) {
    public static final NodeLimits USUAL = new NodeLimits(MempoolLimits.USUAL, BlockLimits.USUAL);
}

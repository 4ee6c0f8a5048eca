package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.rule.Refusal;

/// What became of a batch. Nothing of a refused batch is kept.
public sealed interface Submission {
    /// All of it is on the disk or in a block.
    ///
    /// @param lastSequence up to where the node has the sender's chain without a gap, counted
    ///   within this batch
    record Accepted(long lastSequence) implements Submission {}

    /// It begins behind the end of what the node has.
    record Gap(long sequence, long expected) implements Submission {}

    /// The sender has signed another transaction with this sequence: both signatures are good.
    record Conflict(KeyId signer, long sequence, Hash ours, Hash theirs) implements Submission {}

    /// A rule refuses it.
    record Refused(Refusal refusal) implements Submission {}

    /// Too many transactions wait already.
    ///
    /// @param limit of this sender, or of all together
    record Full(long waiting, long limit) implements Submission {}
}

package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;

/// What a node signs about a block.
///
/// @param header hash of the header voted for
public record Vote(Height height, int round, Step step, Hash header) {
    /// Steps of a voting round (arXiv 1807.04938).
    public enum Step {
        PREVOTE(1),
        PRECOMMIT(2);

        private final int code;

        Step(int code) {
            this.code = code;
        }

        /// The number that stands for it in a message.
        public int code() {
            return code;
        }
    }

    /// The precommit that makes up a certificate of this header.
    public static Vote precommit(Header header, Community community) {
        return new Vote(
                header.height(), header.round(), Step.PRECOMMIT, header.hash(community.shortId()));
    }

    /// `[community, height, round, step, header hash]`.
    public byte[] payload(Community community) {
        return new CborWriter()
                .array(5)
                .bytes(community.shortId())
                .unsigned(height.value())
                .unsigned(round)
                .unsigned(step.code())
                .bytes(header.toBytes())
                .toByteArray();
    }
}

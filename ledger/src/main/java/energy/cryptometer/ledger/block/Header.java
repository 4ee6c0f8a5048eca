package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.vrf.VrfProof;

/// Everything the nodes sign about a block. Its time is not written down: height and step are one
/// number. Sizes of trees stand beside their roots, because an inclusion proof only means something
/// for a known tree size.
///
/// @param round voting round in which it was proposed and approved
/// @param previous hash of the header before it; for height 1 the genesis hash
/// @param headersRoot RFC 9162 tree over the genesis hash and all earlier header hashes; its size
///   is the height
/// @param content the body
/// @param state what the ledger knows after this block
/// @param nodes who approves
/// @param election why this proposer
public record Header(
        Height height,
        Round round,
        Hash previous,
        Hash headersRoot,
        Content content,
        State state,
        Nodes nodes,
        Election election) {
    /// Most leaves of a block's tree.
    public static final long MAX_TRANSACTIONS = 1_000_000;

    /// What the body is.
    ///
    /// @param root RFC 9162 tree over settlement, previous certificate and transactions
    /// @param count number of its leaves, 2 to 1,000,000
    public record Content(Hash root, long count) {
        public Content {
            if (count < 2 || count > MAX_TRANSACTIONS) {
                throw new IllegalArgumentException(
                        "transaction count %d is outside 2 to %d"
                                .formatted(count, MAX_TRANSACTIONS));
            }
        }
    }

    /// What the ledger knows after the block.
    ///
    /// @param root RFC 9162 tree over the state leaves
    /// @param count number of its leaves
    public record State(Hash root, long count) {
        public State {
            if (count < 1 || count > MAX_TRANSACTIONS) {
                throw new IllegalArgumentException(
                        "state leaf count %d is outside 1 to %d"
                                .formatted(count, MAX_TRANSACTIONS));
            }
        }
    }

    /// Who approves.
    ///
    /// @param root the set that approves this block
    /// @param nextRoot the set that approves the next one
    /// @param lastChange height of the header that last changed the set; 0 if none has
    public record Nodes(Hash root, Hash nextRoot, Height lastChange) {}

    /// Why this proposer.
    ///
    /// @param candidatesRoot RFC 9162 tree over the candidates for the next slot
    /// @param proposer index in the node set
    /// @param electionProof the proposer's random number for this slot, proven (RFC 9381)
    /// @param seedProof its contribution to the next beacon, proven
    /// @param beacon common randomness after this block
    public record Election(
            Hash candidatesRoot,
            int proposer,
            VrfProof electionProof,
            VrfProof seedProof,
            Hash beacon) {}

    public Header {
        if (height.value() < 1) {
            throw new IllegalArgumentException("a header's height is at least 1, not 0");
        }
    }

    /// SHA-256 of the encoded header.
    ///
    /// @param shortId the community's first eight bytes, which stand in the encoding
    public Hash hash(byte[] shortId) {
        return Hash.sha256(HeaderCodec.encode(this, shortId));
    }
}

package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;

/// The end of a chain: what the next header is checked against.
///
/// @param last the last approved header with its certificate; none at the genesis
/// @param hash of the last header; at the genesis the genesis hash
/// @param headers the tree over the genesis hash and all header hashes, `hash` included
/// @param beacon common randomness after the last block
public record ChainTip(Optional<SignedHeader> last, Hash hash, Frontier headers, Hash beacon) {
    /// The end of an empty chain.
    public static ChainTip of(Genesis genesis) {
        Community community = genesis.community();
        Hash hash = community.genesis();
        return new ChainTip(
                Optional.empty(),
                hash,
                Frontier.EMPTY.append(leaf(hash)),
                new Lottery(community).firstBeacon());
    }

    /// The leaf of a header hash in the tree of headers.
    public static Hash leaf(Hash headerHash) {
        return MerkleTree.leafHash(headerHash.toBytes());
    }

    public Height height() {
        return last.map(SignedHeader::header).map(Header::height).orElse(Height.GENESIS);
    }

    public Optional<Certificate> certificate() {
        return last.map(SignedHeader::certificate);
    }

    /// The end of the chain with one more approved header.
    public ChainTip append(SignedHeader next, Community community) {
        Hash nextHash = next.header().hash(community.shortId());
        return new ChainTip(
                Optional.of(next),
                nextHash,
                headers.append(leaf(nextHash)),
                next.header().election().beacon());
    }
}

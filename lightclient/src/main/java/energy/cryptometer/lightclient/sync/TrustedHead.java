package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.lightclient.verify.Anchor;
import java.util.Optional;

/// An anchor as it is kept between two runs. What is read back is verified before it is trusted.
///
/// @param header the trusted header
/// @param earlier the tree over the genesis hash and all headers before it
public record TrustedHead(SignedHeader header, Frontier earlier) {
    /// What to keep of an anchor; nothing at the genesis.
    static Optional<TrustedHead> of(Anchor anchor) {
        return anchor.header().map(header -> new TrustedHead(header, anchor.earlier()));
    }
}

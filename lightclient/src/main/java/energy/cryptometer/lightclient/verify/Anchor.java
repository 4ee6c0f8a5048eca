package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.Frontier;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.unit.Height;
import java.util.Optional;

/// The end of the chain as far as it is trusted. Only a genesis and an accepted verdict make one,
/// so whoever holds an anchor holds a verified chain.
public final class Anchor {
    private final ChainTip tip;
    private final Frontier earlier;

    /// @param earlier the tree of headers before the last one was appended
    Anchor(ChainTip tip, Frontier earlier) {
        this.tip = tip;
        this.earlier = earlier;
    }

    /// The user's own trust: where every chain of this community begins.
    public static Anchor of(Genesis genesis) {
        return new Anchor(ChainTip.of(genesis), Frontier.EMPTY);
    }

    public Height height() {
        return tip.height();
    }

    /// Hash of the trusted header; at the genesis the genesis hash.
    public Hash hash() {
        return tip.hash();
    }

    /// The trusted header; none at the genesis.
    public Optional<SignedHeader> header() {
        return tip.last();
    }

    /// The tree over the genesis hash and all headers before the trusted one. Together with
    /// [#header] it is what [HeaderVerifier#resume] needs to make this anchor again.
    public Frontier earlier() {
        return earlier;
    }

    ChainTip tip() {
        return tip;
    }

    @Override
    public String toString() {
        return height() + " " + hash();
    }
}

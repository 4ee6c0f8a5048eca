package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Evidence;
import java.util.List;
import java.util.Optional;

/// What a light client remembers. Every method is one step that happens whole or not at all, and is
/// durable when it returns.
public interface HeaderStore extends AutoCloseable {
    /// The trusted end of the chain; none before the first header.
    Optional<TrustedHead> head();

    /// Moves the trusted end, if it still is where the caller thinks: two programs, or two threads,
    /// that both extend one end cannot lead it two ways.
    ///
    /// @param expected height from which the caller extends
    /// @param headers verified headers, from `expected` + 1 to the new end, without a gap
    /// @param head the new end: the last of these headers
    /// @return false, and nothing changes, if the end is elsewhere by now or the store is frozen
    boolean advance(Height expected, List<SignedHeader> headers, TrustedHead head);

    /// A trusted header that is still kept.
    Optional<SignedHeader> header(Height height);

    /// Proof of two histories, once found; nothing but a person's decision to start anew removes
    /// it.
    Optional<Evidence> evidence();

    /// Keeps the first proof of two histories and refuses every later [#advance].
    void freeze(Evidence evidence);

    @Override
    void close();
}

package energy.cryptometer.lightclient.verify;

import java.util.Locale;

/// The name of what a light client concludes, the same in every answer: `verdict` in JSON. The
/// values that led to it stand in a [Verdict] or a [Finding].
public enum Conclusion {
    ACCEPTED,
    PROVEN,
    ALREADY_KNOWN,
    /// Too old a head, or a clock of this machine that is ahead.
    STALE,
    /// Too old an anchor, or a clock of this machine that is ahead.
    EXPIRED,
    /// A block that cannot be there yet, or a clock of this machine that is behind.
    FROM_THE_FUTURE,
    NOT_NEXT,
    WRONG_CHAIN,
    FORGED,
    WRONG_HEIGHT,
    WRONG_TREE_SIZE,
    ALTERED_BLOCK,
    FROZEN,
    MALFORMED,
    /// No trusted header of this height.
    UNKNOWN_HEIGHT,
    /// A node answered that it has nothing for us.
    DECLINED,
    /// No node answered.
    UNREACHABLE;

    /// As machines read it: `from-the-future`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

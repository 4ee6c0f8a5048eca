package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import java.util.Arrays;
import java.util.HexFormat;

/// A well-formed message of another community.
public final class WrongCommunityException extends MalformedException {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    private WrongCommunityException(String what, String found, String expected) {
        super("%s is of community %s, expected %s".formatted(what, found, expected));
        this.found = found;
        this.expected = expected;
    }

    /// Refuses a message whose short id is not that of the community.
    static void check(String what, byte[] shortId, Community community)
            throws WrongCommunityException {
        if (!Arrays.equals(shortId, community.shortId())) {
            HexFormat hex = HexFormat.of();
            throw new WrongCommunityException(
                    what, hex.formatHex(shortId), hex.formatHex(community.shortId()));
        }
    }

    /// First eight bytes of the genesis hash it carries, hexadecimal.
    public String found() {
        return found;
    }

    /// The same of the community that was asked for.
    public String expected() {
        return expected;
    }
}

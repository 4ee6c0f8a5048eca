package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.MalformedException;

/// A well-formed message of another community.
public final class WrongCommunityException extends MalformedException {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    WrongCommunityException(String found, String expected) {
        super("header is of community %s, expected %s".formatted(found, expected));
        this.found = found;
        this.expected = expected;
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

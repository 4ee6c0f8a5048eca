package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.MalformedException;

/// A well-formed message of another community.
public final class WrongCommunityException extends MalformedException {
    private static final long serialVersionUID = 1L;

    WrongCommunityException(String found, String expected) {
        super("header is of community %s, expected %s".formatted(found, expected));
    }
}

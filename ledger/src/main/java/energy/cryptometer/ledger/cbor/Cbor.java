package energy.cryptometer.ledger.cbor;

/// The limits that reader and writer share, and a check for items of unknown structure.
public final class Cbor {
    /// Arrays and maps stand inside each other at most this deep; the outermost counts as 1.
    public static final int MAX_DEPTH = 8;

    /// COSE_Sign1, RFC 9052 section 4.2.
    public static final long TAG_SIGN1 = 18;

    /// COSE_Sign, RFC 9052 section 4.1.
    public static final long TAG_SIGN = 98;

    private Cbor() {}

    /// Accepts exactly one item that [CborWriter] could have written, and nothing after it.
    public static void checkStrict(byte[] item) throws MalformedException {
        CborReader reader = new CborReader(item);
        reader.skip("item");
        reader.end("item");
    }

    static boolean isKnownTag(long tag) {
        return tag == TAG_SIGN1 || tag == TAG_SIGN;
    }
}

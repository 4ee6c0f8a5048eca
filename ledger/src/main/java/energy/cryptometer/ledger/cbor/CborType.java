package energy.cryptometer.ledger.cbor;

/// The kinds of item that this codec knows. Everything else CBOR offers (floats, big numbers,
/// simple values, indefinite lengths, tags other than COSE's two) is refused.
public enum CborType {
    UNSIGNED(0, "an unsigned integer"),
    NEGATIVE(1, "a negative integer"),
    BYTES(2, "a byte string"),
    TEXT(3, "a text string"),
    ARRAY(4, "an array"),
    MAP(5, "a map"),
    TAG(6, "a tag"),
    BOOL(7, "true or false"),
    NULL(7, "null");

    private final int major;
    private final String words;

    CborType(int major, String words) {
        this.major = major;
        this.words = words;
    }

    /// Major type, RFC 8949 section 3.1.
    int major() {
        return major;
    }

    /// Whether other items follow as parts of this one.
    boolean hasParts() {
        return this == ARRAY || this == MAP || this == TAG;
    }

    /// The type with its article, as it stands in error messages.
    @Override
    public String toString() {
        return words;
    }
}

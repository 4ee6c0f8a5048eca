package energy.cryptometer.transport;

/// The CoAP Content-Formats this project speaks (IANA CoRE parameters registry).
public final class ContentFormats {
    /// text/plain;charset=utf-8
    public static final int TEXT = 0;

    /// application/cose; cose-type="cose-sign1" (RFC 9052)
    public static final int COSE_SIGN1 = 18;

    /// application/link-format (RFC 6690)
    public static final int LINK_FORMAT = 40;

    /// application/json
    public static final int JSON = 50;

    /// application/cbor (RFC 8949)
    public static final int CBOR = 60;

    /// application/cose; cose-type="cose-sign" (RFC 9052)
    public static final int COSE_SIGN = 98;

    private ContentFormats() {}
}

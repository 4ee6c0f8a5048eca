package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;

/// A header with its certificate, all that a light client needs: `[header, certificate]`, two byte
/// strings.
public record SignedHeader(Header header, Certificate certificate) {
    /// Largest encoding, in bytes.
    public static final int MAX_BYTES = HeaderCodec.MAX_BYTES + Certificate.MAX_BYTES + 16;

    public byte[] encode(Community community) {
        CborWriter writer = new CborWriter();
        write(writer, community);
        return writer.toByteArray();
    }

    /// Appends this as one item.
    public void write(CborWriter writer, Community community) {
        writer.array(2).bytes(HeaderCodec.encode(header, community)).bytes(certificate.encode());
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static SignedHeader decode(byte[] bytes, Community community) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        SignedHeader header = read(reader, community);
        reader.end("signed header");
        return header;
    }

    /// Reads one from a longer message.
    public static SignedHeader read(CborReader reader, Community community)
            throws MalformedException {
        reader.arrayOf("signed header", 2);
        Header header =
                HeaderCodec.decode(reader.bytes("header", HeaderCodec.MAX_BYTES), community);
        return new SignedHeader(
                header, Certificate.decode(reader.bytes("certificate", Certificate.MAX_BYTES)));
    }
}

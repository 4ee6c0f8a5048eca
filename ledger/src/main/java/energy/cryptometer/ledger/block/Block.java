package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;

/// A block with the certificate that approved it: `[header, certificate, body]`, three byte
/// strings.
public record Block(Header header, Certificate certificate, Body body) {
    public byte[] encode(Community community) {
        return new CborWriter()
                .array(3)
                .bytes(HeaderCodec.encode(header, community))
                .bytes(certificate.encode())
                .bytes(body.encode())
                .toByteArray();
    }

    /// Decodes a block strictly; checks no signature and no root.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static Block decode(byte[] bytes, Community community) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        reader.arrayOf("block", 3);
        Header header =
                HeaderCodec.decode(reader.bytes("header", HeaderCodec.MAX_BYTES), community);
        Certificate certificate =
                Certificate.decode(reader.bytes("certificate", Certificate.MAX_BYTES));
        Body body = Body.decode(reader.bytes("block body", Body.MAX_BYTES), community);
        reader.end("block");
        return new Block(header, certificate, body);
    }
}

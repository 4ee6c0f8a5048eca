package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import java.util.ArrayList;
import java.util.List;

/// Approved headers, ascending, at most [Resources#MAX_HEADERS]; empty where the chain ends.
public record HeaderPage(List<SignedHeader> headers) {
    public HeaderPage {
        headers = List.copyOf(headers);
        if (headers.size() > Resources.MAX_HEADERS) {
            throw new IllegalArgumentException(
                    "%d headers in a page, limit %d"
                            .formatted(headers.size(), Resources.MAX_HEADERS));
        }
    }

    public byte[] encode(Community community) {
        CborWriter writer = new CborWriter();
        writer.array(headers.size());
        headers.forEach(header -> header.write(writer, community));
        return writer.toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static HeaderPage decode(byte[] bytes, Community community) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        int count = reader.array("headers", Resources.MAX_HEADERS);
        List<SignedHeader> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(SignedHeader.read(reader, community));
        }
        reader.end("headers");
        return new HeaderPage(headers);
    }
}

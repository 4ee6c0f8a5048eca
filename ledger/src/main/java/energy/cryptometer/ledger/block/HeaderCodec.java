package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.vrf.VrfProof;

/// Headers as bytes: an array of 18.
public final class HeaderCodec {
    /// Format version of headers and bodies.
    public static final int VERSION = 1;

    /// Largest encoded header, in bytes.
    public static final int MAX_BYTES = 1024;

    private static final int FIELDS = 18;

    private HeaderCodec() {}

    static byte[] encode(Header header, byte[] shortId) {
        return new CborWriter()
                .array(FIELDS)
                .unsigned(VERSION)
                .bytes(shortId)
                .unsigned(header.height().value())
                .unsigned(header.round().number())
                .bytes(header.previous().toBytes())
                .bytes(header.headersRoot().toBytes())
                .bytes(header.content().root().toBytes())
                .unsigned(header.content().count())
                .bytes(header.state().root().toBytes())
                .unsigned(header.state().count())
                .bytes(header.nodes().root().toBytes())
                .bytes(header.nodes().nextRoot().toBytes())
                .unsigned(header.nodes().lastChange().value())
                .bytes(header.election().candidatesRoot().toBytes())
                .unsigned(header.election().proposer())
                .bytes(header.election().electionProof().toBytes())
                .bytes(header.election().seedProof().toBytes())
                .bytes(header.election().beacon().toBytes())
                .toByteArray();
    }

    public static byte[] encode(Header header, Community community) {
        return encode(header, community.shortId());
    }

    /// Decodes a header of this community strictly.
    ///
    /// @throws WrongCommunityException if it belongs to another community
    /// @throws MalformedException naming the field, the value and the limit
    public static Header decode(byte[] bytes, Community community) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "header has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("header", FIELDS);
            long version = reader.unsigned("header version", Integer.MAX_VALUE);
            if (version != VERSION) {
                throw new MalformedException(
                        "header version %d is not known, expected %d".formatted(version, VERSION));
            }
            WrongCommunityException.check("header", reader.bytesOf("community", 8), community);
            Header header = readFields(reader);
            reader.end("header");
            return header;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("header: " + refused.getMessage());
        }
    }

    private static Header readFields(CborReader reader) throws MalformedException {
        Height height = new Height(reader.unsigned("height", Height.MAX_VALUE));
        Round round = new Round((int) reader.unsigned("round", Round.MAX_NUMBER));
        Hash previous = hash(reader, "previous header");
        Hash headersRoot = hash(reader, "headers root");
        Header.Content content =
                new Header.Content(
                        hash(reader, "transactions root"),
                        reader.unsigned("transaction count", Header.MAX_TRANSACTIONS));
        Header.State state =
                new Header.State(
                        hash(reader, "state root"),
                        reader.unsigned("state leaf count", Header.MAX_TRANSACTIONS));
        Header.Nodes nodes =
                new Header.Nodes(
                        hash(reader, "nodes root"),
                        hash(reader, "next nodes root"),
                        new Height(reader.unsigned("last change", Height.MAX_VALUE)));
        Header.Election election = readElection(reader);
        return new Header(height, round, previous, headersRoot, content, state, nodes, election);
    }

    private static Header.Election readElection(CborReader reader) throws MalformedException {
        return new Header.Election(
                hash(reader, "candidates root"),
                (int) reader.unsigned("proposer", NodeSet.MAX_NODES - 1),
                VrfProof.of(reader.bytesOf("election proof", 81)),
                VrfProof.of(reader.bytesOf("seed proof", 81)),
                hash(reader, "beacon"));
    }

    private static Hash hash(CborReader reader, String what) throws MalformedException {
        return Hash.of(reader.bytesOf(what, 32));
    }
}

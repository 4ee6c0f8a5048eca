package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.HeaderCodec;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.unit.Height;

/// An approved header as it lies on disk.
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record StoredHeader(Height height, byte[] header, byte[] certificate) {
    SignedHeader decode(Community community) throws MalformedException {
        return new SignedHeader(
                HeaderCodec.decode(header, community), Certificate.decode(certificate));
    }

    /// The bytes of [SignedHeader#encode], without decoding.
    public byte[] wire() {
        return new CborWriter().array(2).bytes(header).bytes(certificate).toByteArray();
    }

    /// The bytes of [energy.cryptometer.ledger.block.Block#encode], without decoding.
    public byte[] wireWith(byte[] body) {
        return new CborWriter().array(3).bytes(header).bytes(certificate).bytes(body).toByteArray();
    }
}

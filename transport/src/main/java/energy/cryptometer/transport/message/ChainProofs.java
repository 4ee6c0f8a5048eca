package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.proof.ChainProof;
import java.util.ArrayList;
import java.util.List;

/// One range proof for each type of transaction a sender has in a block; empty if it has none.
public record ChainProofs(List<ChainProof> proofs) {
    private static final int MAX_PROOFS = 8;

    public ChainProofs {
        proofs = List.copyOf(proofs);
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(proofs.size());
        proofs.forEach(proof -> proof.write(writer));
        return writer.toByteArray();
    }

    /// Decodes strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static ChainProofs decode(byte[] bytes) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        int count = reader.array("chain proofs", MAX_PROOFS);
        List<ChainProof> proofs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            proofs.add(ChainProof.read(reader));
        }
        reader.end("chain proofs");
        return new ChainProofs(proofs);
    }
}

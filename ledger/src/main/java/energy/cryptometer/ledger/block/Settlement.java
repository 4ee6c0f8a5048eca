package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.vrf.VrfProof;
import java.util.ArrayList;
import java.util.List;

/// The outcome of the election, first leaf of every block: the winner receives all voting tokens
/// offered, and every candidate's random number stands here with its proof (paper, Table 3). A slot
/// for which nobody offered has no reveals and no tokens.
///
/// @param winner index of the proposer in the node set
/// @param reveals ascending by node index, each candidate once
/// @param tokens all tokens offered
public record Settlement(int winner, List<Reveal> reveals, long tokens) {
    /// A candidate's random number.
    ///
    /// @param node index of a candidate in the node set
    /// @param proof proof of its random number for this slot
    public record Reveal(int node, VrfProof proof) {}

    public Settlement {
        reveals = List.copyOf(reveals);
        if (winner < 0 || winner >= NodeSet.MAX_NODES) {
            throw new IllegalArgumentException(
                    "winner %d is outside 0 to %d".formatted(winner, NodeSet.MAX_NODES - 1));
        }
        if (tokens < 0 || tokens > Energy.MAX_MILLIWATT_HOURS) {
            throw new IllegalArgumentException("tokens %d are outside 0 to 2^62".formatted(tokens));
        }
        for (int i = 1; i < reveals.size(); i++) {
            if (reveals.get(i - 1).node() >= reveals.get(i).node()) {
                throw new IllegalArgumentException("settlement: reveals are not ascending");
            }
        }
    }

    /// A slot for which nobody offered.
    public static Settlement uncontested(int winner) {
        return new Settlement(winner, List.of(), 0);
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(3).unsigned(winner).array(reveals.size());
        for (Reveal reveal : reveals) {
            writer.array(2).unsigned(reveal.node()).bytes(reveal.proof().toBytes());
        }
        return writer.unsigned(tokens).toByteArray();
    }

    static Settlement decode(byte[] bytes) throws MalformedException {
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("settlement", 3);
            int winner = (int) reader.unsigned("winner", NodeSet.MAX_NODES - 1);
            int count = reader.array("reveals", NodeSet.MAX_NODES);
            List<Reveal> reveals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                reader.arrayOf("reveal", 2);
                int node = (int) reader.unsigned("candidate", NodeSet.MAX_NODES - 1);
                reveals.add(new Reveal(node, VrfProof.of(reader.bytesOf("VRF proof", 81))));
            }
            long tokens = reader.unsigned("tokens", Energy.MAX_MILLIWATT_HOURS);
            reader.end("settlement");
            return new Settlement(winner, reveals, tokens);
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("settlement: " + refused.getMessage());
        }
    }
}

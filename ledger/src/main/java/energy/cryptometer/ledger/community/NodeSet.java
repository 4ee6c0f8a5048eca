package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.MerkleTree;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// The nodes that approve blocks, ascending by account; a node's index is its place in this order.
///
/// @param nodes 1 to 200, no key and no key id twice
public record NodeSet(List<NodeEntry> nodes) {
    public static final int MAX_NODES = 200;

    public NodeSet {
        nodes = nodes.stream().sorted(Comparator.comparing(NodeEntry::account)).toList();
        if (nodes.isEmpty() || nodes.size() > MAX_NODES) {
            throw new IllegalArgumentException(
                    "%d nodes are outside 1 to %d".formatted(nodes.size(), MAX_NODES));
        }
        Set<KeyId> seen = new HashSet<>();
        for (NodeEntry node : nodes) {
            if (!seen.add(node.key().id())) {
                throw new IllegalArgumentException("node key %s twice".formatted(node.key().id()));
            }
        }
    }

    public int size() {
        return nodes.size();
    }

    /// Votes that approve a block; see [Quorum].
    public int quorum() {
        return Quorum.of(nodes.size());
    }

    public NodeEntry get(int index) {
        return nodes.get(index);
    }

    public OptionalInt indexOf(KeyId key) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).key().id().equals(key)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// Root of the RFC 9162 tree over the encoded entries.
    public Hash root() {
        return MerkleTree.ofEntries(nodes.stream().map(NodeSet::encoded).toList()).root();
    }

    private static byte[] encoded(NodeEntry node) {
        CborWriter writer = new CborWriter();
        node.write(writer);
        return writer.toByteArray();
    }
}

package energy.cryptometer.fullnode.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderTreeTest {
    @Test
    void everyPathOfEveryEarlierSizeIsThatOfTheTreeBuiltWhole() {
        HeaderTree growing = new HeaderTree();
        List<Hash> leaves = new ArrayList<>();
        for (int size = 1; size <= 70; size++) {
            Hash leaf = MerkleTree.leafHash(new byte[] {(byte) size});
            growing.append(leaf);
            leaves.add(leaf);
        }
        for (int size = 1; size <= 70; size++) {
            MerkleTree whole = MerkleTree.ofLeaves(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                assertThat(growing.path(index, size))
                        .as("leaf %d of %d", index, size)
                        .isEqualTo(whole.inclusion(index).path());
            }
        }
    }

    @Test
    void aPathOutsideTheTreeIsRefused() {
        HeaderTree tree = new HeaderTree();
        tree.append(Hash.ZERO);
        assertThatThrownBy(() -> tree.path(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.path(0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.path(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

package energy.cryptometer.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A tree that grows gives, for each of its sizes, what the tree built whole from those leaves
/// gives.
class GrowingTreeTest {
    private static final int SIZE = 70;

    private final List<Hash> leaves = new ArrayList<>();
    private final GrowingTree growing = new GrowingTree();

    private void grow(int size) {
        while (leaves.size() < size) {
            Hash leaf = MerkleTree.leafHash(new byte[] {(byte) leaves.size(), 7});
            leaves.add(leaf);
            growing.append(leaf);
        }
    }

    private MerkleTree whole(int size) {
        return MerkleTree.ofLeaves(leaves.subList(0, size));
    }

    @Test
    void everyEarlierSizeHasItsRoot() {
        assertThat(growing.root(0)).isEqualTo(whole(0).root());
        grow(SIZE);
        assertThat(growing.size()).isEqualTo(SIZE);
        for (int size = 0; size <= SIZE; size++) {
            assertThat(growing.root(size)).as("size %d", size).isEqualTo(whole(size).root());
        }
    }

    @Test
    void everyPathOfEveryEarlierSizeIsThatOfTheTreeBuiltWhole() {
        grow(SIZE);
        for (int size = 1; size <= SIZE; size++) {
            MerkleTree whole = whole(size);
            for (int index = 0; index < size; index++) {
                assertThat(growing.inclusion(index, size))
                        .as("leaf %d of %d", index, size)
                        .isEqualTo(whole.inclusion(index));
            }
        }
    }

    @Test
    void everyRangeAndEveryConsistencyProofToo() {
        grow(33);
        for (int size = 1; size <= 33; size++) {
            MerkleTree whole = whole(size);
            for (int first = 0; first < size; first++) {
                assertThat(growing.consistency(first + 1, size))
                        .isEqualTo(whole.consistency(first + 1));
                for (int end = first + 1; end <= size; end++) {
                    assertThat(growing.range(first, end, size)).isEqualTo(whole.range(first, end));
                }
            }
        }
    }

    @Test
    void aLargeTreeProvesAgainstSizesOfLongAgo() {
        Seeds.forAll(
                30,
                random -> {
                    grow(1 + random.nextInt(5_000));
                    int size = 1 + random.nextInt(leaves.size());
                    int index = random.nextInt(size);
                    InclusionProof proof = growing.inclusion(index, size);
                    Hash root = growing.root(size);
                    assertThat(root).isEqualTo(whole(size).root());
                    assertThat(proof.verify(leaves.get(index), root).holds()).isTrue();
                    int earlier = 1 + random.nextInt(size);
                    assertThat(
                                    growing.consistency(earlier, size)
                                            .verify(growing.root(earlier), root)
                                            .holds())
                            .isTrue();
                });
    }

    @Test
    void whatLiesOutsideTheTreeIsRefused() {
        grow(1);
        assertThatIllegalArgumentException().isThrownBy(() -> growing.inclusion(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.inclusion(0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.inclusion(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.inclusion(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.root(2));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.root(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> growing.consistency(0, 1));
    }
}

package energy.cryptometer.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeProofTest {

    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(70);

    @Test
    void everyRangeOfEveryTreeIsProvenByTheLargestSubtreesBesideIt() {
        for (int size = 1; size <= 70; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int first = 0; first < size; first++) {
                for (int after = first + 1; after <= size; after++) {
                    RangeProof proof = tree.range(first, after);
                    assertThat(proof.path()).isEqualTo(REFERENCE.range(first, after, size));
                    assertThat(proof.verify(REFERENCE.leafHashes(first, after), tree.root()))
                            .isEqualTo(new ProofVerdict.Holds());
                }
            }
        }
    }

    @Test
    void aRangeOfOneLeafIsItsInclusionProof() {
        for (int size = 1; size <= 40; size++) {
            for (int index = 0; index < size; index++) {
                assertThat(REFERENCE.built(size).range(index, index + 1).path())
                        .isEqualTo(REFERENCE.path(index, 0, size));
            }
        }
    }

    @Test
    void theWholeTreeNeedsNoPath() {
        for (int size = 1; size <= 40; size++) {
            assertThat(REFERENCE.built(size).range(0, size).path()).isEmpty();
        }
    }

    @Test
    void noBitOfThePathMayChange() {
        for (int size = 1; size <= 11; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int first = 0; first < size; first++) {
                for (int after = first + 1; after <= size; after++) {
                    RangeProof proof = tree.range(first, after);
                    List<Hash> leaves = REFERENCE.leafHashes(first, after);
                    assertThat(Tampered.oneBit(proof.path()))
                            .noneMatch(path -> holds(proof, path, leaves, tree.root()));
                }
            }
        }
    }

    @Test
    void noHashOfThePathMayBeDroppedDoubledAddedOrSwapped() {
        for (int size = 1; size <= 24; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int first = 0; first < size; first++) {
                for (int after = first + 1; after <= size; after++) {
                    RangeProof proof = tree.range(first, after);
                    List<Hash> leaves = REFERENCE.leafHashes(first, after);
                    assertThat(Tampered.shape(proof.path(), leaves.getFirst()))
                            .noneMatch(path -> holds(proof, path, leaves, tree.root()));
                }
            }
        }
    }

    @Test
    void noLeafMayBeDroppedDoubledAddedSwappedOrChanged() {
        for (int size = 2; size <= 24; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int first = 0; first < size; first++) {
                for (int after = first + 1; after <= size; after++) {
                    RangeProof proof = tree.range(first, after);
                    List<Hash> leaves = REFERENCE.leafHashes(first, after);
                    List<List<Hash>> spoiled = Tampered.shape(leaves, Hash.ZERO);
                    for (int i = 0; i < leaves.size(); i++) {
                        List<Hash> changed = new ArrayList<>(leaves);
                        changed.set(i, Tampered.flipped(leaves.get(i), 255));
                        spoiled.add(changed);
                    }
                    assertThat(spoiled).noneMatch(l -> holds(proof, proof.path(), l, tree.root()));
                }
            }
        }
    }

    @Test
    void underThePinnedSizeNoOtherPlaceIsBelieved() {
        for (int size = 2; size <= 24; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int first = 0; first < size; first++) {
                for (int after = first + 1; after <= size; after++) {
                    List<Hash> path = tree.range(first, after).path();
                    List<Hash> leaves = REFERENCE.leafHashes(first, after);
                    for (int claimed = 0; claimed < size; claimed++) {
                        RangeProof proof = new RangeProof(claimed, size, path);
                        assertThat(proof.verify(leaves, tree.root()).holds())
                                .isEqualTo(claimed == first);
                    }
                }
            }
        }
    }

    @Test
    void leavesPastTheEndOrNoneAtAllAreNamed() {
        MerkleTree tree = REFERENCE.built(6);
        RangeProof proof = tree.range(4, 6);
        assertThat(proof.verify(List.of(), tree.root()))
                .isEqualTo(new ProofVerdict.OutsideTree(4, 0, 6));
        assertThat(proof.verify(REFERENCE.leafHashes(4, 7), tree.root()))
                .isEqualTo(new ProofVerdict.OutsideTree(4, 3, 6));
        assertThat(
                        new RangeProof(Long.MAX_VALUE - 1, Long.MAX_VALUE, List.of())
                                .verify(REFERENCE.leafHashes(0, 2), tree.root()))
                .isEqualTo(new ProofVerdict.OutsideTree(Long.MAX_VALUE - 1, 2, Long.MAX_VALUE));
    }

    @Test
    void aWrongRootOrLengthIsNamedWithBothValues() {
        MerkleTree tree = REFERENCE.built(9);
        RangeProof proof = tree.range(2, 5);
        assertThat(proof.verify(REFERENCE.leafHashes(2, 5), Hash.ZERO))
                .isEqualTo(new ProofVerdict.RootMismatch(Hash.ZERO, tree.root()));
        assertThat(new RangeProof(2, 9, List.of()).verify(REFERENCE.leafHashes(2, 5), tree.root()))
                .isEqualTo(new ProofVerdict.WrongLength(4, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 8", "8, 8", "0, 0", "0, -1"})
    void aFirstLeafOutsideTheTreeIsRefused(long first, long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RangeProof(first, size, List.of()))
                .withMessageContaining(Long.toString(first));
    }

    @Test
    void anEndlessPathIsRefusedAtTheDoor() {
        List<Hash> path = Collections.nCopies(127, Hash.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RangeProof(0, 8, path))
                .withMessageContaining("127");
    }

    private static boolean holds(RangeProof proof, List<Hash> path, List<Hash> leaves, Hash root) {
        return new RangeProof(proof.first(), proof.size(), path).verify(leaves, root).holds();
    }
}

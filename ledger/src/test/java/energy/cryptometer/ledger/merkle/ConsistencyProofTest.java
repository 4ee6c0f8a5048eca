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

class ConsistencyProofTest {

    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(70);

    @Test
    void everyOlderTreeIsProvenByThePathOfTheRfc() {
        for (int second = 1; second <= 70; second++) {
            MerkleTree tree = REFERENCE.built(second);
            for (int first = 1; first <= second; first++) {
                ConsistencyProof proof = tree.consistency(first);
                assertThat(proof.path()).isEqualTo(REFERENCE.proof(first, second));
                assertThat(proof.verify(REFERENCE.mth(0, first), tree.root()))
                        .isEqualTo(new ProofVerdict.Holds());
            }
        }
    }

    @Test
    void noBitOfThePathMayChange() {
        for (int second = 2; second <= 17; second++) {
            for (int first = 1; first < second; first++) {
                ConsistencyProof proof = REFERENCE.built(second).consistency(first);
                assertThat(Tampered.oneBit(proof.path())).noneMatch(path -> holds(proof, path));
            }
        }
    }

    @Test
    void noHashOfThePathMayBeDroppedDoubledAddedOrSwapped() {
        for (int second = 1; second <= 40; second++) {
            for (int first = 1; first <= second; first++) {
                ConsistencyProof proof = REFERENCE.built(second).consistency(first);
                Hash stranger = REFERENCE.mth(0, first);
                assertThat(Tampered.shape(proof.path(), stranger))
                        .noneMatch(path -> holds(proof, path));
            }
        }
    }

    @Test
    void noOtherFirstSizeIsBelieved() {
        for (int second = 2; second <= 40; second++) {
            for (int first = 1; first <= second; first++) {
                List<Hash> path = REFERENCE.built(second).consistency(first).path();
                for (int claimed = 1; claimed <= second; claimed++) {
                    ConsistencyProof proof = new ConsistencyProof(claimed, second, path);
                    assertThat(
                                    proof.verify(REFERENCE.mth(0, first), REFERENCE.mth(0, second))
                                            .holds())
                            .isEqualTo(claimed == first);
                }
            }
        }
    }

    @Test
    void aChangedPastIsFound() {
        for (int size = 2; size <= 33; size++) {
            for (int changed = 0; changed < size - 1; changed++) {
                List<Hash> leaves = new ArrayList<>(REFERENCE.leafHashes(0, size));
                leaves.set(changed, Hash.ZERO);
                MerkleTree rewritten = MerkleTree.ofLeaves(leaves);
                for (int first = changed + 1; first < size; first++) {
                    assertThat(
                                    rewritten
                                            .consistency(first)
                                            .verify(REFERENCE.mth(0, first), rewritten.root())
                                            .holds())
                            .isFalse();
                }
            }
        }
    }

    @Test
    void eitherWrongRootIsNamedWithWhatCameOut() {
        Hash older = REFERENCE.mth(0, 6);
        Hash newer = REFERENCE.mth(0, 7);
        ConsistencyProof proof = REFERENCE.built(7).consistency(6);
        assertThat(proof.verify(Hash.ZERO, newer))
                .isEqualTo(new ProofVerdict.FirstRootMismatch(Hash.ZERO, older));
        assertThat(proof.verify(older, Hash.ZERO))
                .isEqualTo(new ProofVerdict.RootMismatch(Hash.ZERO, newer));
    }

    @Test
    void equalSizesTakeAnEmptyPathAndEqualRoots() {
        Hash root = REFERENCE.mth(0, 6);
        ConsistencyProof empty = new ConsistencyProof(6, 6, List.of());
        assertThat(empty.verify(root, root).holds()).isTrue();
        assertThat(empty.verify(root, Hash.ZERO))
                .isEqualTo(new ProofVerdict.RootMismatch(Hash.ZERO, root));
        assertThat(new ConsistencyProof(6, 6, List.of(root)).verify(root, root))
                .isEqualTo(new ProofVerdict.WrongLength(0, 1));
    }

    @Test
    void differentSizesNeverTakeAnEmptyPath() {
        Hash root = REFERENCE.mth(0, 4);
        assertThat(new ConsistencyProof(4, 5, List.of()).verify(root, root))
                .isEqualTo(new ProofVerdict.WrongLength(1, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 8", "-1, 8", "9, 8", "1, 0"})
    void aFirstSizeOutsideTheTreeIsRefused(long first, long second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsistencyProof(first, second, List.of()))
                .withMessageContaining(Long.toString(first));
    }

    @Test
    void anEndlessPathIsRefusedAtTheDoor() {
        List<Hash> path = Collections.nCopies(65, Hash.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsistencyProof(3, 8, path))
                .withMessageContaining("65");
    }

    private static boolean holds(ConsistencyProof proof, List<Hash> path) {
        int first = Math.toIntExact(proof.firstSize());
        int second = Math.toIntExact(proof.secondSize());
        return new ConsistencyProof(first, second, path)
                .verify(REFERENCE.mth(0, first), REFERENCE.mth(0, second))
                .holds();
    }
}

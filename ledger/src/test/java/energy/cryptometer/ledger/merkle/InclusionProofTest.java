package energy.cryptometer.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.hash.Hash;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InclusionProofTest {

    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(70);

    @Test
    void everyLeafOfEveryTreeIsProvenByThePathOfTheRfc() {
        for (int size = 1; size <= 70; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = tree.inclusion(index);
                assertThat(proof.path()).isEqualTo(REFERENCE.path(index, 0, size));
                assertThat(proof.verify(REFERENCE.leafHash(index), tree.root()))
                        .isEqualTo(new ProofVerdict.Holds());
            }
        }
    }

    @Test
    void noBitOfThePathMayChange() {
        for (int size = 1; size <= 17; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = tree.inclusion(index);
                Hash leaf = REFERENCE.leafHash(index);
                assertThat(Tampered.oneBit(proof.path()))
                        .noneMatch(path ->
                                holds(proof.index(), proof.size(), path, leaf, tree.root()));
            }
        }
    }

    @Test
    void noHashOfThePathMayBeDroppedDoubledAddedOrSwapped() {
        for (int size = 1; size <= 40; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = tree.inclusion(index);
                Hash leaf = REFERENCE.leafHash(index);
                assertThat(Tampered.shape(proof.path(), leaf))
                        .noneMatch(path ->
                                holds(proof.index(), proof.size(), path, leaf, tree.root()));
            }
        }
    }

    @Test
    void underThePinnedSizeNoOtherIndexIsBelieved() {
        for (int size = 2; size <= 40; size++) {
            MerkleTree tree = REFERENCE.built(size);
            for (int index = 0; index < size; index++) {
                List<Hash> path = tree.inclusion(index).path();
                for (int claimed = 0; claimed < size; claimed++) {
                    assertThat(holds(claimed, size, path, REFERENCE.leafHash(index), tree.root()))
                            .isEqualTo(claimed == index);
                }
            }
        }
    }

    /// Why the size has to be signed: leaf 5 of 8 has the same path as leaf 5 of 7 would have.
    @Test
    void anUnpinnedSizeCanBeAnswered() {
        MerkleTree tree = REFERENCE.built(8);
        List<Hash> path = tree.inclusion(5).path();
        assertThat(holds(5, 7, path, REFERENCE.leafHash(5), tree.root())).isTrue();
    }

    @Test
    void aWrongLeafOrRootIsNamedWithWhatCameOut() {
        MerkleTree tree = REFERENCE.built(6);
        InclusionProof proof = tree.inclusion(4);
        assertThat(proof.verify(REFERENCE.leafHash(4), Hash.ZERO))
                .isEqualTo(new ProofVerdict.RootMismatch(Hash.ZERO, tree.root()));
        assertThat(proof.verify(REFERENCE.leafHash(5), tree.root()))
                .isInstanceOf(ProofVerdict.RootMismatch.class);
    }

    @Test
    void aPathOfAnotherLengthIsNamedWithBothLengths() {
        InclusionProof proof = new InclusionProof(4, 6, List.of(Hash.ZERO));
        assertThat(proof.verify(Hash.ZERO, Hash.ZERO))
                .isEqualTo(new ProofVerdict.WrongLength(2, 1));
    }

    @Test
    void aTreeOfOneLeafHasAnEmptyPath() {
        Hash leaf = REFERENCE.leafHash(0);
        assertThat(holds(0, 1, List.of(), leaf, leaf)).isTrue();
    }

    @Test
    void theLargestTreeTakesSixtyThreeHashes() {
        List<Hash> path = Collections.nCopies(63, Hash.ZERO);
        for (long index : new long[] {0, Long.MAX_VALUE / 2}) {
            assertThat(new InclusionProof(index, Long.MAX_VALUE, path).verify(Hash.ZERO, Hash.ZERO))
                    .isInstanceOf(ProofVerdict.RootMismatch.class);
        }
        assertThat(
                        new InclusionProof(Long.MAX_VALUE - 1, Long.MAX_VALUE, path)
                                .verify(Hash.ZERO, Hash.ZERO))
                .isEqualTo(new ProofVerdict.WrongLength(62, 63));
    }

    @ParameterizedTest
    @CsvSource({"-1, 8", "8, 8", "9, 8", "0, 0", "0, -1", "-2, -1"})
    void anIndexOutsideTheTreeIsRefused(long index, long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InclusionProof(index, size, List.of()))
                .withMessageContaining(Long.toString(index));
    }

    @Test
    void anEndlessPathIsRefusedAtTheDoor() {
        List<Hash> path = Collections.nCopies(64, Hash.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InclusionProof(0, 8, path))
                .withMessageContaining("64");
    }

    private static boolean holds(long index, long size, List<Hash> path, Hash leaf, Hash root) {
        return new InclusionProof(index, size, path).verify(leaf, root).holds();
    }
}

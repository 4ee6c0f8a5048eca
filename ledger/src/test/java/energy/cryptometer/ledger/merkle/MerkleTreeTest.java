package energy.cryptometer.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import energy.cryptometer.ledger.hash.Hash;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

    private static final ReferenceTree REFERENCE = ReferenceTree.ofSize(70);

    /// The leaves of the RFC 6962 reference implementation, in hexadecimal.
    private static final List<byte[]> PUBLISHED_LEAVES =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(HexFormat.of()::parseHex)
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theRootIsThePublishedOne(int size, String root) {
        List<byte[]> entries = PUBLISHED_LEAVES.subList(0, size);
        assertThat(MerkleTree.ofEntries(entries).root()).hasToString(root);
        assertThat(grown(entries).root()).hasToString(root);
    }

    @Test
    void theRootIsThatOfTheRecursiveDefinition() {
        for (int size = 0; size <= 70; size++) {
            MerkleTree tree = REFERENCE.built(size);
            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).isEqualTo(REFERENCE.mth(0, size));
            assertThat(MerkleTree.ofLeaves(REFERENCE.leafHashes(0, size)).root())
                    .isEqualTo(tree.root());
        }
    }

    @Test
    void theFrontierGrowsToTheSameRootLeafByLeaf() {
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size < 70; size++) {
            assertThat(frontier.size()).isEqualTo(size);
            assertThat(frontier.root()).isEqualTo(REFERENCE.mth(0, size));
            Frontier before = frontier;
            frontier = frontier.append(REFERENCE.leafHash(size));
            assertThat(before.root()).isEqualTo(REFERENCE.mth(0, size));
        }
    }

    @Test
    void aFrontierCanBeStoredAndTakenUpAgain() {
        Frontier frontier = grown(REFERENCE.entries(37));
        Frontier restored = new Frontier(37, List.copyOf(frontier.peaks()));
        assertThat(restored).isEqualTo(frontier);
        assertThat(restored.append(REFERENCE.leafHash(37)).root()).isEqualTo(REFERENCE.mth(0, 38));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "1, 0", "2, 2", "3, 1", "4, 3"})
    void aFrontierWithTheWrongNumberOfPeaksIsRefused(long size, int peaks) {
        List<Hash> hashes = REFERENCE.leafHashes(0, peaks);
        assertThatIllegalArgumentException().isThrownBy(() -> new Frontier(size, hashes));
    }

    @Test
    void aLeafIsNeverMistakenForANode() {
        Hash left = REFERENCE.leafHash(0);
        Hash right = REFERENCE.leafHash(1);
        byte[] both = new byte[64];
        System.arraycopy(left.toBytes(), 0, both, 0, 32);
        System.arraycopy(right.toBytes(), 0, both, 32, 32);
        assertThat(MerkleTree.leafHash(both)).isNotEqualTo(REFERENCE.mth(0, 2));
    }

    @Test
    void aRepeatedLastLeafChangesTheRoot() {
        List<Hash> three = REFERENCE.leafHashes(0, 3);
        List<Hash> four = List.of(three.get(0), three.get(1), three.get(2), three.get(2));
        assertThat(MerkleTree.ofLeaves(three).root())
                .isNotEqualTo(MerkleTree.ofLeaves(four).root());
    }

    @Test
    void aTreeProvesNothingOutsideItself() {
        MerkleTree tree = REFERENCE.built(5);
        for (long index : new long[] {-1, 5, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(index));
        }
        for (long firstSize : new long[] {-1, 0, 6}) {
            assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(firstSize));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> tree.range(-1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.range(2, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.range(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.range(3, 6));
    }

    private static Frontier grown(List<byte[]> entries) {
        Frontier frontier = Frontier.EMPTY;
        for (byte[] entry : entries) {
            frontier = frontier.append(MerkleTree.leafHash(entry));
        }
        return frontier;
    }
}

package energy.cryptometer.bench;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.merkle.ProofVerdict;
import energy.cryptometer.ledger.merkle.RangeProof;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A block of 4096 transactions of 200 bytes: its tree, and proofs out of it. The least that any
/// tree can cost is its 8191 SHA-256 digests, so a bare loop over them stands beside the build.
@State(Scope.Benchmark)
public class MerkleBench {
    static final int LEAVES = 4096;
    private static final int MIDDLE = 1234;
    private static final int RANGE = 500;

    private final List<byte[]> entries;
    private final MerkleTree tree;
    private final List<Hash> leafHashes;
    private final InclusionProof inclusion;
    private final RangeProof range;

    /// The same entries in every run.
    public MerkleBench() {
        Random random = new Random(1);
        entries = IntStream.range(0, LEAVES).mapToObj(_ -> bytes(random)).toList();
        tree = MerkleTree.ofEntries(entries);
        leafHashes = entries.stream().map(MerkleTree::leafHash).toList();
        inclusion = tree.inclusion(MIDDLE);
        range = tree.range(MIDDLE, MIDDLE + RANGE);
    }

    private static byte[] bytes(Random random) {
        byte[] entry = new byte[200];
        random.nextBytes(entry);
        return entry;
    }

    /// One leaf's share of building the tree.
    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public Hash build() {
        return MerkleTree.ofEntries(entries).root();
    }

    /// One leaf's share of the digests without the tree.
    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public byte[] buildBareDigests() throws NoSuchAlgorithmException, DigestException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] node = new byte[32];
        for (byte[] entry : entries) {
            digest.update((byte) 0);
            digest.update(entry);
            digest.digest(node, 0, node.length);
        }
        for (int i = 1; i < LEAVES; i++) {
            digest.update((byte) 1);
            digest.update(node);
            digest.update(node);
            digest.digest(node, 0, node.length);
        }
        return node;
    }

    /// One path out of a tree that stands.
    @Benchmark
    public InclusionProof prove() {
        return tree.inclusion(MIDDLE);
    }

    /// One path of twelve hashes.
    @Benchmark
    public ProofVerdict verifyOne() {
        return inclusion.verify(leafHashes.get(MIDDLE), tree.root());
    }

    /// One leaf's share of a range of 500, what a light client does for one meter and step.
    @Benchmark
    @OperationsPerInvocation(RANGE)
    public ProofVerdict verifyRange() {
        return range.verify(leafHashes.subList(MIDDLE, MIDDLE + RANGE), tree.root());
    }
}

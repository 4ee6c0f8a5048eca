package energy.cryptometer.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import energy.cryptometer.ledger.hash.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Proofs of others, good and bad, one case a file (the format of transparency-dev/merkle). They
/// lie beside the repository; `-Dvectors=folder` says where. Without them these tests are skipped.
class PublishedVectorsTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("vectors", "../../shared/vectors")).resolve("merkle");

    @Test
    void inclusionProofsOfOthersAreJudgedAsPublished() throws IOException {
        everyFileIn("inclusion", PublishedVectorsTest::inclusion);
    }

    @Test
    void consistencyProofsOfOthersAreJudgedAsPublished() throws IOException {
        everyFileIn("consistency", PublishedVectorsTest::consistency);
    }

    private static void everyFileIn(String kind, Function<Case, ProofVerdict> verify)
            throws IOException {
        Path folder = FOLDER.resolve(kind);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no published vectors in " + folder + "; give -Dvectors=folder");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        assertThat(files).as("vectors in %s", folder).isNotEmpty();
        for (Path file : files) {
            Case vector = new Case(JSON.std.mapFrom(Files.readString(file)));
            assertThat(accepted(vector, verify))
                    .as("%s accepted", file)
                    .isEqualTo(!vector.refused());
        }
    }

    /// What our types do not even take (a size of 2^64 - 1, a hash of no bytes) is refused too.
    private static boolean accepted(Case vector, Function<Case, ProofVerdict> verify) {
        try {
            return verify.apply(vector).holds();
        } catch (IllegalArgumentException | ArithmeticException refusedAtTheDoor) {
            return false;
        }
    }

    private static ProofVerdict inclusion(Case vector) {
        return new InclusionProof(
                        vector.number("leafIdx"), vector.number("treeSize"), vector.path())
                .verify(vector.hash("leafHash"), vector.hash("root"));
    }

    private static ProofVerdict consistency(Case vector) {
        return new ConsistencyProof(vector.number("size1"), vector.number("size2"), vector.path())
                .verify(vector.hash("root1"), vector.hash("root2"));
    }

    private record Case(Map<String, Object> fields) {

        long number(String name) {
            return new BigInteger(String.valueOf(fields.get(name))).longValueExact();
        }

        Hash hash(String name) {
            return decoded(fields.get(name));
        }

        List<Hash> path() {
            return fields.get("proof") instanceof List<?> hashes
                    ? hashes.stream().map(Case::decoded).toList()
                    : List.of();
        }

        boolean refused() {
            return Boolean.TRUE.equals(fields.get("wantErr"));
        }

        private static Hash decoded(@Nullable Object base64) {
            return Hash.of(Base64.getDecoder().decode(base64 instanceof String text ? text : ""));
        }
    }
}

package energy.cryptometer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.merkle.MerkleTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The table names benchmarks that exist, and the benchmarks do what they are compared for.
class ComparisonTest {
    @Test
    void everyBenchmarkStandsInTheTableAndTheOtherWayRound() {
        List<String> found =
                BenchmarkList.defaultList()
                        .getAll(
                                OutputFormatFactory.createFormatInstance(
                                        System.out, VerboseMode.SILENT),
                                List.of())
                        .stream()
                        .map(entry -> entry.getUsername().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"))
                        .toList();
        List<String> named =
                Comparison.ALL.stream()
                        .flatMap(row -> Stream.of(row.benchmark(), row.reference()))
                        .distinct()
                        .filter(name -> !name.isEmpty() && !name.startsWith("openssl"))
                        .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void opensslsMachineReadableLineIsRead() {
        assertThat(OpensslSpeed.parse("+F4:3:256:62909.090909:20143.000000\n"))
                .contains(new OpensslSpeed(62909.090909, 20143));
    }

    @Test
    void anOpensslThatSaysSomethingElseIsNoComparison() {
        assertThat(OpensslSpeed.parse("speed: Unknown algorithm ecdsap256\n")).isEmpty();
    }

    @Test
    void aRowHasTheRatioOfOursToTheirs() {
        Comparison row = new Comparison("a step", "A.ours", "a tool", "A.theirs");
        assertThat(row.row(Map.of("A.ours", 1500.0, "A.theirs", 1000.0)))
                .contains("| a step | 1,500 | a tool | 1,000 | 1.50 |");
        assertThat(row.row(Map.of("A.ours", 1500.0))).contains("| a step | 1,500 | | | |");
        assertThat(row.row(Map.of())).isEmpty();
    }

    @Test
    void whatIsMeasuredIsRight() throws Exception {
        MerkleBench merkle = new MerkleBench();
        assertThat(merkle.verifyOne().holds()).isTrue();
        assertThat(merkle.verifyRange().holds()).isTrue();
        assertThat(merkle.build()).isNotEqualTo(MerkleTree.ofEntries(List.of()).root());
        SignatureBench signatures = new SignatureBench();
        assertThat(signatures.verify()).isInstanceOf(SignatureVerdict.Valid.class);
        assertThat(signatures.verifyByJdk()).isTrue();
        CborBench cbor = new CborBench();
        assertThat(cbor.decode()).isPositive();
        assertThat(cbor.decodeByLibrary().size()).isEqualTo(8);
    }
}

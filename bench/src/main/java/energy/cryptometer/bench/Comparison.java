package energy.cryptometer.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One row of the table: one of our benchmarks and what it is set beside.
///
/// @param step what is measured, in words
/// @param benchmark class and method, `MerkleBench.build`
/// @param beside what it is compared with, in words, or empty
/// @param reference the measurement it is compared with, or empty
record Comparison(String step, String benchmark, String beside, String reference) {
    /// The key under which the two figures of `openssl speed` are filed.
    static final String OPENSSL_SIGN = "openssl.sign";

    static final String OPENSSL_VERIFY = "openssl.verify";

    static final List<Comparison> ALL =
            List.of(
                    new Comparison(
                            "ES256 verification",
                            "SignatureBench.verify",
                            "`openssl speed`",
                            OPENSSL_VERIFY),
                    new Comparison(
                            "ES256 verification",
                            "SignatureBench.verify",
                            "the JDK's provider",
                            "SignatureBench.verifyByJdk"),
                    new Comparison(
                            "ES256 signature, key in memory",
                            "SignatureBench.sign",
                            "`openssl speed`",
                            OPENSSL_SIGN),
                    new Comparison(
                            "Merkle tree of 4096, per leaf",
                            "MerkleBench.build",
                            "its SHA-256 digests alone",
                            "MerkleBench.buildBareDigests"),
                    new Comparison("inclusion proof out of 4096", "MerkleBench.prove", "", ""),
                    new Comparison("inclusion proof checked", "MerkleBench.verifyOne", "", ""),
                    new Comparison(
                            "range proof of 500 checked, per leaf",
                            "MerkleBench.verifyRange",
                            "",
                            ""),
                    new Comparison(
                            "CBOR decode, a transaction",
                            "CborBench.decode",
                            "upokecenter CBOR 4.5.6",
                            "CborBench.decodeByLibrary"),
                    new Comparison("CBOR encode, a transaction", "CborBench.encode", "", ""),
                    new Comparison(
                            "durable commit of one pulse",
                            "JournalBench.commit",
                            "bare sqlite-jdbc loop",
                            "JournalBench.commitBare"));

    /// This row in Markdown; empty when its benchmark was not run.
    ///
    /// @param perSecond operations per second by benchmark
    Optional<String> row(Map<String, Double> perSecond) {
        Double ours = perSecond.get(benchmark);
        if (ours == null) {
            return Optional.empty();
        }
        Double theirs = perSecond.get(reference);
        String comparison =
                theirs == null
                        ? "| | | |"
                        : String.format(
                                Locale.ROOT,
                                "| %s | %,.0f | %.2f |",
                                beside,
                                theirs,
                                ours / theirs);
        return Optional.of(String.format(Locale.ROOT, "| %s | %,.0f %s", step, ours, comparison));
    }
}

package energy.cryptometer.lightclient.program;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.lightclient.verify.Finding;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.ProofBundle;
import energy.cryptometer.lightclient.verify.ProofVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `lightclient verify`.
@Command(
        name = "verify",
        description = {
            "Verifies without any node: a proof that 'lightclient prove' wrote, or a whole chain"
                    + " that 'community-node export' wrote, every signature of it."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin private final ChainOptions chain = new ChainOptions();

    @Parameters(paramLabel = "FILE|DIR", description = "The proof, or the folder of the chain.")
    @SuppressWarnings("FieldCanBeFinal") // picocli sets it
    private Path what = Path.of("");

    @Override
    public Integer call() {
        Reply reply = chain.reply();
        Genesis genesis = chain.genesis();
        AccountNames names = chain.names(genesis);
        if (Files.isDirectory(what)) {
            return new FolderAudit(genesis, names, what, chain.now()).run(reply, chain.err());
        }
        byte[] encoded = ChainOptions.bounded(what, ProofBundle.MAX_BYTES);
        Finding<ProofBundle> finding =
                new ProofVerifier(genesis, Policy.USUAL).bundle(encoded, chain.now());
        if (finding instanceof Finding.Proven<ProofBundle>(ProofBundle bundle)) {
            BundleView words = new BundleView(genesis, names, bundle);
            return reply.accept(words.json(), words.words());
        }
        return reply.refuse(finding.conclusion(), finding.sentence());
    }
}

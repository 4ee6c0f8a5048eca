package energy.cryptometer.lightclient.program;

import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Json;
import energy.cryptometer.lightclient.sync.UntrustedStoreException;
import energy.cryptometer.lightclient.verify.Conclusion;
import java.io.PrintWriter;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;

/// Answers in words or as one JSON object of schema 1, and gives the exit code.
final class Reply {
    private static final long SCHEMA = 1;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Reply(CommandSpec spec, boolean json) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
        this.json = json;
    }

    /// The beginning of every JSON answer.
    static Json verdict(Conclusion conclusion) {
        return Json.object().put("schema", SCHEMA).put("verdict", conclusion.toString());
    }

    /// Everything is proven.
    int accept(Json object, String words) {
        out.println(json ? object.toString() : words);
        return ExitCode.OK.code();
    }

    /// Refused by name: words on standard error, the object, where asked for, on standard output.
    int refuse(Conclusion conclusion, String sentence, Json object) {
        if (json) {
            out.println(object.put("reason", sentence));
        }
        err.println(conclusion + ": " + sentence);
        return ExitCodes.of(conclusion).code();
    }

    int refuse(Conclusion conclusion, String sentence) {
        return refuse(conclusion, sentence, verdict(conclusion));
    }

    /// Does the work. What the store holds and does not verify is refused by name.
    int to(IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (UntrustedStoreException refused) {
            return refuse(refused.verdict().conclusion(), String.valueOf(refused.getMessage()));
        }
    }
}

package energy.cryptometer.lightclient.sync;

import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Finding;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.message.Answer;
import java.util.List;
import java.util.stream.Collectors;

/// What came of asking the nodes, one after the other, for something with its proof.
public sealed interface ProofSearch<T> {
    /// One of them proved it.
    record Proven<T>(T value) implements ProofSearch<T> {}

    /// None did.
    ///
    /// @param failures one for each node, in the order they were asked
    record Unproven<T>(List<Failure> failures) implements ProofSearch<T> {
        public Unproven {
            failures = List.copyOf(failures);
        }

        /// The worst of them: a lie before a refusal before silence.
        public Conclusion conclusion() {
            List<Conclusion> all = failures.stream().map(Failure::conclusion).toList();
            return all.stream()
                    .filter(one -> one != Conclusion.UNREACHABLE && one != Conclusion.DECLINED)
                    .findFirst()
                    .orElse(
                            all.contains(Conclusion.DECLINED)
                                    ? Conclusion.DECLINED
                                    : Conclusion.UNREACHABLE);
        }

        /// All of them, on one line.
        public String sentence() {
            return failures.stream()
                    .map(failure ->
                            "%s %s: %s"
                                    .formatted(failure.node(), failure.conclusion(), failure.why()))
                    .collect(Collectors.joining("; "));
        }
    }

    /// One node that did not prove it, and why.
    record Failure(NodeAddress node, Conclusion conclusion, String why) {
        static Failure of(NodeAddress node, Answer<?> answer) {
            return switch (answer) {
                case Answer.Refused<?> refused ->
                        new Failure(
                                node, Conclusion.DECLINED, refused.code() + " " + refused.why());
                case Answer.Malformed<?>(String why) ->
                        new Failure(node, Conclusion.MALFORMED, why);
                case Answer.OtherCommunity<?>(String found, String expected) ->
                        of(node, new Finding.WrongChain<>(found, expected));
                case Answer.Unreachable<?>(String why) ->
                        new Failure(node, Conclusion.UNREACHABLE, why);
                case Answer.Got<?> _ ->
                        throw new IllegalArgumentException("an answer is no failure: " + node);
            };
        }

        static Failure of(NodeAddress node, Finding<?> finding) {
            return new Failure(node, finding.conclusion(), finding.sentence());
        }
    }
}

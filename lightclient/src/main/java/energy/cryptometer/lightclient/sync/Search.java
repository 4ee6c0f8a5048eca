package energy.cryptometer.lightclient.sync;

import energy.cryptometer.lightclient.verify.Finding;
import energy.cryptometer.transport.message.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What came of asking the nodes, one after the other, for something with its proof.
///
/// @param found what the first of them proved
/// @param misses what the others said before
public record Search<T>(Optional<T> found, List<Miss> misses) {
    /// One node that did not prove it.
    ///
    /// @param word `unreachable`, `declined`, or the name of what is wrong with its answer
    public record Miss(String node, String word, String sentence) {
        static Miss of(String node, Answer<?> answer) {
            return switch (answer) {
                case Answer.Refused<?> refused ->
                        new Miss(node, "declined", refused.code() + " " + refused.why());
                case Answer.Malformed<?>(String why) -> new Miss(node, "malformed", why);
                case Answer.OtherCommunity<?>(String found, String expected) ->
                        of(node, new Finding.WrongChain<>(found, expected));
                case Answer.Unreachable<?>(String why) -> new Miss(node, "unreachable", why);
                case Answer.Got<?> _ ->
                        throw new IllegalArgumentException("an answer is no miss: " + node);
            };
        }

        static Miss of(String node, Finding<?> finding) {
            return new Miss(node, finding.word(), finding.sentence());
        }
    }

    public Search {
        misses = List.copyOf(misses);
    }

    /// The worst of what was said, for a verdict: a lie before a refusal before silence.
    public String word() {
        return misses.stream()
                .map(Miss::word)
                .filter(word -> !word.equals("unreachable") && !word.equals("declined"))
                .findFirst()
                .or(() ->
                        misses.stream()
                                .map(Miss::word)
                                .filter(word -> word.equals("declined"))
                                .findFirst())
                .orElse("unreachable");
    }

    /// All that was said, on one line.
    public String sentence() {
        return misses.stream()
                .map(miss -> "%s %s: %s".formatted(miss.node(), miss.word(), miss.sentence()))
                .collect(Collectors.joining("; "));
    }
}

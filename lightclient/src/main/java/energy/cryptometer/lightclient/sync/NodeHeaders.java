package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.NodeClient;
import java.util.List;
import java.util.function.Function;

/// A community node as a source of headers.
public record NodeHeaders(NodeClient node) implements HeaderSource {
    /// All nodes as sources, in their order.
    public static List<NodeHeaders> of(List<NodeClient> nodes) {
        return nodes.stream().map(NodeHeaders::new).toList();
    }

    @Override
    public String name() {
        return node.address().toString();
    }

    @Override
    public Reply<SignedHeader> head() {
        return reply(node.head(), Function.identity());
    }

    @Override
    public Reply<List<SignedHeader>> headers(Height from, int count) {
        return reply(node.headers(from, count), HeaderPage::headers);
    }

    private static <T, R> Reply<R> reply(Answer<T> answer, Function<T, R> value) {
        return switch (answer) {
            case Answer.Got<T>(T got) -> new Reply.Said<>(value.apply(got));
            case Answer.OtherCommunity<T>(String found, String expected) ->
                    new Reply.OtherChain<>(found, expected);
            case Answer.Malformed<T>(String why) -> new Reply.Garbage<>(why);
            case Answer.Refused<T> refused ->
                    new Reply.Declined<>(refused.code() + " " + refused.why());
            case Answer.Unreachable<T>(String why) -> new Reply.Silent<>(why);
        };
    }
}

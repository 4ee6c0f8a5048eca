package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import java.util.List;

/// A node that knows these headers, first height 1, and gives at most `page` at a time.
record ScriptedSource(String name, List<SignedHeader> known, int page) implements HeaderSource {
    static ScriptedSource of(String name, List<SignedHeader> known) {
        return new ScriptedSource(name, known, 64);
    }

    @Override
    public Reply<SignedHeader> head() {
        return known.isEmpty()
                ? new Reply.Declined<>("4.04 no block yet")
                : new Reply.Said<>(known.getLast());
    }

    @Override
    public Reply<List<SignedHeader>> headers(Height from, int count) {
        int first = (int) Math.min(known.size(), from.value() - 1);
        int end = Math.min(known.size(), first + Math.min(page, count));
        return new Reply.Said<>(known.subList(first, end));
    }

    /// A node that answers everything the same way.
    static HeaderSource stubborn(Reply<SignedHeader> head, Reply<List<SignedHeader>> headers) {
        return new HeaderSource() {
            @Override
            public String name() {
                return "stubborn";
            }

            @Override
            public Reply<SignedHeader> head() {
                return head;
            }

            @Override
            public Reply<List<SignedHeader>> headers(Height from, int count) {
                return headers;
            }
        };
    }
}

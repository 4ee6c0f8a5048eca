package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Anchor;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.NodeClient;
import energy.cryptometer.transport.message.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One node asked once: its head compared with what is trusted, then its newer headers verified
/// page by page. It ends, because each page brings at least one header and none lies in the future.
final class NodeSync {
    private final HeaderStore store;
    private final HeaderVerifier verifier;
    private final NodeClient node;
    private final Instant now;
    private final Consumer<Height> progress;
    private long accepted;

    NodeSync(
            HeaderStore store,
            HeaderVerifier verifier,
            NodeClient node,
            Instant now,
            Consumer<Height> progress) {
        this.store = store;
        this.verifier = verifier;
        this.node = node;
        this.now = now;
        this.progress = progress;
    }

    NodeOutcome from(Anchor anchor) {
        return switch (node.head()) {
            case Answer.Got<SignedHeader>(SignedHeader head) -> compare(anchor, head);
            case Answer<SignedHeader> other -> nothing(other);
        };
    }

    /// What an answer without a value comes to.
    private static NodeOutcome nothing(Answer<?> answer) {
        return switch (answer) {
            case Answer.OtherCommunity<?>(String found, String expected) ->
                    new NodeOutcome.Rejected(new Verdict.WrongChain(found, expected));
            case Answer.Malformed<?>(String why) ->
                    new NodeOutcome.Rejected(new Verdict.Malformed(why));
            case Answer.Refused<?> refused ->
                    new NodeOutcome.Declined(refused.code() + " " + refused.why());
            case Answer.Unreachable<?>(String why) -> new NodeOutcome.Unreachable(why);
            case Answer.Got<?>(Object value) ->
                    throw new IllegalArgumentException("it is answered: " + value);
        };
    }

    private NodeOutcome compare(Anchor anchor, SignedHeader head) {
        Height height = head.header().height();
        if (height.compareTo(anchor.height()) > 0) {
            return follow(anchor, height);
        }
        Optional<SignedHeader> trusted =
                height.equals(anchor.height()) ? anchor.header() : store.header(height);
        Verdict verdict =
                trusted.map(ours -> verifier.compare(ours, head))
                        .orElseGet(() -> new Verdict.NotNext(height, anchor.height()));
        return verdict instanceof Verdict.AlreadyKnown
                ? new NodeOutcome.Agreed(height, accepted)
                : refuse(verdict);
    }

    private NodeOutcome follow(Anchor start, Height head) {
        Anchor anchor = start;
        while (anchor.height().compareTo(head) < 0) {
            Page page =
                    switch (node.headers(anchor.height().next(), Resources.MAX_HEADERS)) {
                        case Answer.Got<HeaderPage>(HeaderPage(List<SignedHeader> headers)) ->
                                judge(anchor, headers);
                        case Answer<HeaderPage> other ->
                                new Page(anchor, List.of(), Optional.of(nothing(other)));
                    };
            if (!page.headers().isEmpty() && !keep(anchor, page)) {
                return new NodeOutcome.Overtaken(
                        "another client has moved the trusted head from " + anchor.height());
            }
            accepted += page.headers().size();
            anchor = page.end();
            progress.accept(anchor.height());
            if (page.problem().isPresent()) {
                return page.problem().get() instanceof NodeOutcome.Rejected(Verdict verdict)
                        ? refuse(verdict)
                        : page.problem().get();
            }
        }
        return new NodeOutcome.Agreed(anchor.height(), accepted);
    }

    /// The good headers of a page, and what was wrong with the next one.
    private record Page(Anchor end, List<SignedHeader> headers, Optional<NodeOutcome> problem) {
        static Page refused(Anchor anchor, Verdict verdict) {
            return new Page(anchor, List.of(), Optional.of(new NodeOutcome.Rejected(verdict)));
        }
    }

    private Page judge(Anchor start, List<SignedHeader> offered) {
        if (offered.isEmpty()) {
            return Page.refused(
                    start,
                    new Verdict.Malformed(
                            "no header after %s, though its head is newer"
                                    .formatted(start.height())));
        }
        Anchor anchor = start;
        List<SignedHeader> good = new ArrayList<>();
        for (SignedHeader header : offered) {
            Verdict verdict = verifier.judge(anchor, header, now);
            if (!(verdict instanceof Verdict.Accepted(Anchor next))) {
                return new Page(anchor, good, Optional.of(new NodeOutcome.Rejected(verdict)));
            }
            anchor = next;
            good.add(header);
        }
        return new Page(anchor, good, Optional.empty());
    }

    private boolean keep(Anchor before, Page page) {
        return store.advance(
                before.height(), page.headers(), TrustedHead.of(page.end()).orElseThrow());
    }

    private NodeOutcome refuse(Verdict verdict) {
        if (verdict instanceof Verdict.Frozen(var evidence)) {
            store.freeze(evidence);
        }
        return new NodeOutcome.Rejected(verdict);
    }
}

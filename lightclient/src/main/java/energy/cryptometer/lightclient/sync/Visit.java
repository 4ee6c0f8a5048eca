package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.sync.HeaderSource.Reply;
import energy.cryptometer.lightclient.verify.Anchor;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.message.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One node asked once: its head compared with what is trusted, then its newer headers verified
/// page by page. It ends, because each page brings at least one header and none lies in the future.
final class Visit {
    private final HeaderStore store;
    private final HeaderVerifier verifier;
    private final HeaderSource source;
    private final Instant now;
    private final Consumer<Height> progress;
    private long accepted;

    Visit(
            HeaderStore store,
            HeaderVerifier verifier,
            HeaderSource source,
            Instant now,
            Consumer<Height> progress) {
        this.store = store;
        this.verifier = verifier;
        this.source = source;
        this.now = now;
        this.progress = progress;
    }

    SourceOutcome from(Anchor anchor) {
        return switch (source.head()) {
            case Reply.Said<SignedHeader>(SignedHeader head) -> compare(anchor, head);
            case Reply.OtherChain<SignedHeader>(String found, String expected) ->
                    new SourceOutcome.Refused(new Verdict.WrongChain(found, expected));
            case Reply.Garbage<SignedHeader>(String why) ->
                    new SourceOutcome.Refused(new Verdict.Malformed(why));
            case Reply.Declined<SignedHeader>(String why) -> new SourceOutcome.Declined(why);
            case Reply.Silent<SignedHeader>(String why) -> new SourceOutcome.Silent(why);
        };
    }

    private SourceOutcome compare(Anchor anchor, SignedHeader head) {
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
                ? new SourceOutcome.Agreed(height, accepted)
                : refuse(verdict);
    }

    private SourceOutcome follow(Anchor start, Height head) {
        Anchor anchor = start;
        while (anchor.height().compareTo(head) < 0) {
            Page page =
                    switch (source.headers(anchor.height().next(), Resources.MAX_HEADERS)) {
                        case Reply.Said<List<SignedHeader>>(List<SignedHeader> headers) ->
                                judge(anchor, headers);
                        case Reply.OtherChain<List<SignedHeader>>(String found, String expected) ->
                                Page.refused(anchor, new Verdict.WrongChain(found, expected));
                        case Reply.Garbage<List<SignedHeader>>(String why) ->
                                Page.refused(anchor, new Verdict.Malformed(why));
                        case Reply.Declined<List<SignedHeader>>(String why) ->
                                new Page(
                                        anchor,
                                        List.of(),
                                        Optional.of(new SourceOutcome.Declined(why)));
                        case Reply.Silent<List<SignedHeader>>(String why) ->
                                new Page(
                                        anchor,
                                        List.of(),
                                        Optional.of(new SourceOutcome.Silent(why)));
                    };
            if (!page.headers().isEmpty() && !keep(anchor, page)) {
                return new SourceOutcome.Overtaken(
                        "another program has moved the trusted head from " + anchor.height());
            }
            accepted += page.headers().size();
            anchor = page.end();
            progress.accept(anchor.height());
            if (page.problem().isPresent()) {
                return page.problem().get() instanceof SourceOutcome.Refused(Verdict verdict)
                        ? refuse(verdict)
                        : page.problem().get();
            }
        }
        return new SourceOutcome.Agreed(anchor.height(), accepted);
    }

    /// The good headers of a page, and what was wrong with the next one.
    private record Page(Anchor end, List<SignedHeader> headers, Optional<SourceOutcome> problem) {
        static Page refused(Anchor anchor, Verdict verdict) {
            return new Page(anchor, List.of(), Optional.of(new SourceOutcome.Refused(verdict)));
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
                return new Page(anchor, good, Optional.of(new SourceOutcome.Refused(verdict)));
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

    private SourceOutcome refuse(Verdict verdict) {
        if (verdict instanceof Verdict.Frozen(var evidence)) {
            store.freeze(evidence);
        }
        return new SourceOutcome.Refused(verdict);
    }
}

package energy.cryptometer.lightclient.sync;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Anchor;
import energy.cryptometer.lightclient.verify.Evidence;
import energy.cryptometer.lightclient.verify.HeaderVerifier;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.transport.message.WrittenChain;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of headers keeps.
interface HeaderStoreContract {
    WrittenChain CHAIN = new WrittenChain(5);

    /// A store that holds nothing.
    HeaderStore empty();

    static TrustedHead head(int height) {
        HeaderVerifier verifier = new HeaderVerifier(CHAIN.genesis(), Policy.USUAL);
        Anchor anchor = Anchor.of(CHAIN.genesis());
        for (SignedHeader header : CHAIN.headers().subList(0, height)) {
            if (verifier.judge(anchor, header, CHAIN.justAfter(5))
                    instanceof Verdict.Accepted(Anchor next)) {
                anchor = next;
            }
        }
        return TrustedHead.of(anchor).orElseThrow();
    }

    @Test
    default void aNewStoreHoldsNothing() {
        try (HeaderStore store = empty()) {
            assertThat(store.head()).isEmpty();
            assertThat(store.header(new Height(1))).isEmpty();
            assertThat(store.evidence()).isEmpty();
        }
    }

    @Test
    default void whatWasAdvancedIsThere() {
        try (HeaderStore store = empty()) {
            assertThat(store.advance(Height.GENESIS, CHAIN.headers().subList(0, 3), head(3)))
                    .isTrue();
            assertThat(store.advance(new Height(3), CHAIN.headers().subList(3, 5), head(5)))
                    .isTrue();
            assertThat(store.head()).contains(head(5));
            for (int i = 1; i <= 5; i++) {
                assertThat(store.header(new Height(i))).contains(CHAIN.header(i));
            }
            assertThat(store.header(new Height(6))).isEmpty();
        }
    }

    @Test
    default void whoComesSecondChangesNothing() {
        try (HeaderStore store = empty()) {
            assertThat(store.advance(Height.GENESIS, CHAIN.headers().subList(0, 2), head(2)))
                    .isTrue();
            assertThat(store.advance(Height.GENESIS, CHAIN.headers().subList(0, 3), head(3)))
                    .isFalse();
            assertThat(store.head()).contains(head(2));
            assertThat(store.header(new Height(3))).isEmpty();
        }
    }

    @Test
    default void theFirstEvidenceFreezesForGood() {
        try (HeaderStore store = empty()) {
            assertThat(store.advance(Height.GENESIS, CHAIN.headers().subList(0, 2), head(2)))
                    .isTrue();
            Evidence evidence = new Evidence(CHAIN.header(2), CHAIN.header(3));
            store.freeze(evidence);
            store.freeze(new Evidence(CHAIN.header(4), CHAIN.header(5)));
            assertThat(store.evidence()).contains(evidence);
            assertThat(store.advance(new Height(2), List.of(CHAIN.header(3)), head(3))).isFalse();
            assertThat(store.head()).contains(head(2));
        }
    }
}

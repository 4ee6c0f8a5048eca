package energy.cryptometer.lightclient.sync;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.ServedChain;
import energy.cryptometer.lightclient.verify.Conclusion;
import energy.cryptometer.lightclient.verify.Evidence;
import energy.cryptometer.lightclient.verify.Policy;
import energy.cryptometer.lightclient.verify.ProvenAccount;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import energy.cryptometer.transport.message.WrittenChain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofFinderTest {
    private final WrittenChain chain = new WrittenChain(5);
    private final AccountId meterA = AccountId.of(chain.community.meterA.publicKey());

    /// A store that keeps no header but the newest.
    private record Forgetful(HeaderStore store) implements HeaderStore {
        @Override
        public Optional<TrustedHead> head() {
            return store.head();
        }

        @Override
        public boolean advance(Height expected, List<SignedHeader> headers, TrustedHead head) {
            return store.advance(expected, headers, head);
        }

        @Override
        public Optional<SignedHeader> header(Height height) {
            return head().map(TrustedHead::header)
                    .filter(header -> header.header().height().equals(height));
        }

        @Override
        public Optional<Evidence> evidence() {
            return store.evidence();
        }

        @Override
        public void freeze(Evidence evidence) {
            store.freeze(evidence);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private ProofSearch<ProvenAccount> search(ServedChain served, Height height) {
        try (CoapClient coap =
                new CoapClient(TransportSecurity.plain(), CoapLimits.USUAL, SystemTime.CLOCKS)) {
            List<NodeClient> nodes =
                    List.of(new CoapNodeClient(coap, served.address(), chain.community()));
            LightClient client =
                    new LightClient(
                            chain.genesis(), new Forgetful(new MemoryHeaderStore()), Policy.USUAL);
            client.sync(List.of(ScriptedNode.of("honest", chain.headers())), chain.justAfter(5));
            return new ProofFinder(chain.genesis(), client, nodes).account(meterA, height);
        }
    }

    private void isOfBlockTwo(ProvenAccount found) {
        assertThat(found.height()).isEqualTo(new Height(2));
        assertThat(found.account()).isEqualTo(chain.account(meterA, 2).account());
    }

    private static ProofSearch.Unproven<ProvenAccount> unproven(ProofSearch<ProvenAccount> search) {
        if (search instanceof ProofSearch.Unproven<ProvenAccount> unproven) {
            return unproven;
        }
        throw new AssertionError(search);
    }

    @Test
    void aLieIsWorseThanARefusalAndARefusalWorseThanSilence() {
        NodeAddress node = new NodeAddress("node", 5683);
        ProofSearch.Failure silent =
                new ProofSearch.Failure(node, Conclusion.UNREACHABLE, "no answer");
        ProofSearch.Failure refusing = new ProofSearch.Failure(node, Conclusion.DECLINED, "4.04");
        ProofSearch.Failure lying = new ProofSearch.Failure(node, Conclusion.FORGED, "a lie");
        assertThat(new ProofSearch.Unproven<>(List.of(silent, refusing, lying)).conclusion())
                .isEqualTo(Conclusion.FORGED);
        assertThat(new ProofSearch.Unproven<>(List.of(silent, refusing)).conclusion())
                .isEqualTo(Conclusion.DECLINED);
        assertThat(new ProofSearch.Unproven<>(List.of(silent)).conclusion())
                .isEqualTo(Conclusion.UNREACHABLE);
        assertThat(new ProofSearch.Unproven<>(List.of()).conclusion())
                .isEqualTo(Conclusion.UNREACHABLE);
    }

    @Test
    void anOldStateIsProvenThroughTheHistoryTheNewestHeaderSigns() {
        try (ServedChain honest = ServedChain.honest(chain)) {
            ProofSearch<ProvenAccount> search = search(honest, new Height(2));
            assertThat(search)
                    .isInstanceOfSatisfying(
                            ProofSearch.Proven.class,
                            proven ->
                                    assertThat(proven.value())
                                            .isInstanceOfSatisfying(
                                                    ProvenAccount.class, this::isOfBlockTwo));
        }
    }

    @Test
    void anotherHistoryProvesNothing() {
        WrittenChain other = new WrittenChain(1);
        other.extendEmpty();
        while (other.head().value() < 5) {
            other.extend();
        }
        try (ServedChain liar = ServedChain.honest(other)) {
            ProofSearch<ProvenAccount> search = search(liar, new Height(2));
            assertThat(unproven(search).conclusion()).isEqualTo(Conclusion.UNKNOWN_HEIGHT);
        }
    }

    @Test
    void aHeightThatIsNotVerifiedYetProvesNothing() {
        chain.extend();
        try (ServedChain ahead = ServedChain.honest(chain)) {
            ProofSearch<ProvenAccount> search = search(ahead, new Height(6));
            assertThat(unproven(search).sentence()).contains("no trusted header of height 6");
        }
    }
}

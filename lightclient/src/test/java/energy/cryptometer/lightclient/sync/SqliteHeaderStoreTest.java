package energy.cryptometer.lightclient.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.lightclient.verify.Evidence;
import energy.cryptometer.lightclient.verify.Verdict;
import energy.cryptometer.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHeaderStoreTest implements HeaderStoreContract {
    @TempDir private Path folder;

    private static Community community() {
        return CHAIN.community();
    }

    private Path file() {
        return folder.resolve("headers.db");
    }

    @Override
    public HeaderStore empty() {
        return SqliteHeaderStore.open(file(), community());
    }

    @Test
    void headAndEvidenceOutliveTheProgram() {
        Evidence evidence = new Evidence(CHAIN.header(2), CHAIN.header(3));
        try (HeaderStore store = empty()) {
            assertThat(
                            store.advance(
                                    Height.GENESIS,
                                    CHAIN.headers().subList(0, 3),
                                    HeaderStoreContract.head(3)))
                    .isTrue();
            store.freeze(evidence);
        }
        try (HeaderStore again = SqliteHeaderStore.openReadOnly(file(), community())) {
            assertThat(again.head()).contains(HeaderStoreContract.head(3));
            assertThat(again.header(new Height(2))).contains(CHAIN.header(2));
            assertThat(again.evidence()).contains(evidence);
        }
    }

    @Test
    void aFileOfAnotherCommunityIsAWrongChain() {
        try (HeaderStore store = empty()) {
            assertThat(
                            store.advance(
                                    Height.GENESIS,
                                    CHAIN.headers().subList(0, 1),
                                    HeaderStoreContract.head(1)))
                    .isTrue();
        }
        Community other = new SmallCommunity(2).genesis.community();
        assertThatThrownBy(() -> SqliteHeaderStore.open(file(), other))
                .isInstanceOfSatisfying(
                        UntrustedStoreException.class,
                        refused ->
                                assertThat(refused.verdict())
                                        .isEqualTo(
                                                new Verdict.WrongChain(
                                                        community().toString(), other.toString())));
        SqliteHeaderStore.open(file(), community()).close();
    }

    @Test
    void aSecondProgramOnOneFileIsTold() {
        try (HeaderStore first = empty()) {
            assertThat(first.head()).isEmpty();
            assertThatThrownBy(this::empty)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(StoreException.Reason.LOCKED));
        }
    }
}

package energy.cryptometer.lightclient.verify;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.WrittenChain;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofVerifierTest {
    private final WrittenChain chain = new WrittenChain(3);
    private final ProofVerifier verifier = new ProofVerifier(chain.genesis(), Policy.USUAL);
    private final Instant now = chain.justAfter(3);
    private final AccountId participantX = AccountId.of(chain.community.participantX.publicKey());
    private final AccountId participantY = AccountId.of(chain.community.participantY.publicKey());
    private final AccountId meterA = AccountId.of(chain.community.meterA.publicKey());

    private byte[] bundle(long height, int place) {
        return new ProofBundle(chain.header(height), chain.transaction(height, place))
                .encode(chain.community());
    }

    private static <T> T proven(Finding<T> finding) {
        assertThat(finding).isInstanceOf(Finding.Proven.class);
        return ((Finding.Proven<T>) finding).value();
    }

    @Test
    void everyTransactionOfABlockIsProvenByItsBundle() {
        int transactions = chain.block(2).body().transactions().size();
        assertThat(transactions).isEqualTo(8);
        for (int place = 0; place < transactions; place++) {
            ProofBundle bundle = proven(verifier.bundle(bundle(2, place), now));
            assertThat(bundle.proof().transaction())
                    .isEqualTo(chain.block(2).body().transactions().get(place));
        }
    }

    @Test
    void noBundleWithAnyByteChangedIsProven() {
        byte[] good = bundle(2, 5);
        Seeds.forAll(
                400,
                random -> {
                    byte[] bad = good.clone();
                    int changes = 1 + random.nextInt(3);
                    for (int i = 0; i < changes; i++) {
                        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                    }
                    if (!Arrays.equals(good, bad)) {
                        assertThat(verifier.bundle(bad, now)).isNotInstanceOf(Finding.Proven.class);
                    }
                });
    }

    @Test
    void everyByteOfABundleMatters() {
        byte[] good = bundle(1, 0);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThat(verifier.bundle(bad, now))
                    .as("byte %d", at)
                    .isNotInstanceOf(Finding.Proven.class);
        }
    }

    @Test
    void truncatedOversizedAndTrailingBundlesAreMalformed() {
        byte[] good = bundle(1, 0);
        for (int length = 0; length < good.length; length++) {
            assertThat(verifier.bundle(Arrays.copyOf(good, length), now))
                    .as("%d bytes", length)
                    .isInstanceOf(Finding.Malformed.class);
        }
        assertThat(verifier.bundle(Arrays.copyOf(good, good.length + 1), now))
                .isInstanceOf(Finding.Malformed.class);
        assertThat(verifier.bundle(new byte[ProofBundle.MAX_BYTES + 1], now))
                .isInstanceOf(Finding.Malformed.class);
    }

    @Test
    void aBundleOfAnotherCommunityIsAWrongChain() {
        SmallCommunity other = new SmallCommunity(2);
        assertThat(new ProofVerifier(other.genesis, Policy.USUAL).bundle(bundle(1, 0), now))
                .isEqualTo(
                        new Finding.WrongChain<>(
                                chain.community().toString(),
                                other.genesis.community().toString()));
    }

    @Test
    void aProofForAnotherSizeOrPlaceIsRefusedByName() {
        TransactionProof good = chain.transaction(2, 3);
        InclusionProof path = good.inclusion();
        assertThat(
                        verifier.transaction(
                                with(good, new InclusionProof(path.index(), 11, path.path())),
                                chain.header(2)))
                .isEqualTo(new Finding.WrongTreeSize<>(10, 11));
        for (int index = 0; index < 10; index++) {
            if (index != path.index()) {
                var moved = new InclusionProof(index, 10, path.path());
                assertThat(verifier.transaction(with(good, moved), chain.header(2)))
                        .isInstanceOf(Finding.AlteredBlock.class);
            }
        }
        assertThat(verifier.transaction(good, chain.header(3)))
                .isEqualTo(new Finding.WrongHeight<>(new Height(3), new Height(2)));
    }

    private static TransactionProof with(TransactionProof proof, InclusionProof path) {
        return new TransactionProof(proof.height(), proof.transaction(), path);
    }

    @Test
    void aHeaderThatNobodyCertifiedProvesNothing() {
        SignedHeader forged =
                new SignedHeader(
                        chain.block(2).header(),
                        Certificate.ofOne(
                                SmallCommunity.signer("stranger"),
                                chain.block(2).header(),
                                chain.community()));
        assertThat(verifier.transaction(chain.transaction(2, 0), forged))
                .isInstanceOf(Finding.Forged.class);
        assertThat(verifier.account(meterA, chain.account(meterA, 2), forged))
                .isInstanceOf(Finding.Forged.class);
    }

    @Test
    void aBundleFromTheFutureIsRefused() {
        Instant early = chain.genesis().schedule().time(new Height(2)).minusSeconds(11);
        assertThat(verifier.bundle(bundle(2, 0), early))
                .isEqualTo(
                        new Finding.FromTheFuture<>(
                                chain.genesis().schedule().time(new Height(2)), early));
    }

    @Test
    void theDifferenceOfTwoProvenLeavesIsABill() {
        ProvenAccount from = proven(account(participantX, 1));
        ProvenAccount to = proven(account(participantX, 3));
        Statement statement = Statement.between(from, to);
        assertThat(statement)
                .isEqualTo(
                        new Statement.Participant(
                                Energy.ofMilliwattHours(1600),
                                Energy.ofMilliwattHours(4800),
                                3200));
        assertThat(statement.energy()).isEqualTo(Energy.ofMilliwattHours(3200));
    }

    @Test
    void aStatementMayBeginAtTheGenesis() {
        ProvenAccount from = ProvenAccount.atGenesis(chain.genesis(), meterA).orElseThrow();
        assertThat(Statement.between(from, proven(account(meterA, 3))))
                .isEqualTo(new Statement.Meter(Energy.ZERO, Energy.ofMilliwattHours(9000), 9));
        AccountId plant = chain.genesis().plantAccount();
        assertThat(
                        Statement.between(
                                ProvenAccount.atGenesis(chain.genesis(), plant).orElseThrow(),
                                proven(account(plant, 2))))
                .isEqualTo(
                        new Statement.Plant(
                                Energy.ofMilliwattHours(10_000), Energy.ofMilliwattHours(10_000)));
        AccountId stranger = AccountId.of(SmallCommunity.signer("stranger").publicKey());
        assertThat(ProvenAccount.atGenesis(chain.genesis(), stranger)).isEmpty();
    }

    private Finding<ProvenAccount> account(AccountId id, long height) {
        return verifier.account(id, chain.account(id, height), chain.header(height));
    }

    @Test
    void anotherAccountThanTheOneAskedForIsRefused() {
        assertThat(verifier.account(participantX, chain.account(participantY, 2), chain.header(2)))
                .isInstanceOf(Finding.Forged.class);
    }

    @Test
    void anAlteredStateLeafIsRefused() {
        AccountProof honest = chain.account(participantX, 2);
        AccountProof lie =
                new AccountProof(
                        new Height(2),
                        chain.account(participantX, 3).account(),
                        honest.inclusion());
        assertThat(verifier.account(participantX, lie, chain.header(2)))
                .isInstanceOf(Finding.AlteredBlock.class);
    }

    @Test
    void aMetersWholeRunIsProvenByOneRangeProof() {
        List<SignedTransaction> own =
                chain.block(2).body().transactions().stream()
                        .filter(one -> one.content().type() == TransactionType.GENERATION)
                        .filter(one -> one.signer().equals(chain.community.meterA.publicKey().id()))
                        .toList();
        long first = 2L + chain.block(2).body().transactions().indexOf(own.getFirst());
        ChainProof proof =
                new ChainProof(
                        new Height(2),
                        TransactionType.GENERATION,
                        own.getFirst().content().sequence(),
                        own.getLast().content().sequence(),
                        chain.block(2).body().tree().range(first, first + own.size()));
        assertThat(proven(verifier.chain(proof, chain.header(2), own))).isEqualTo(own);
        assertThat(verifier.chain(proof, chain.header(2), own.subList(1, 3)))
                .isInstanceOf(Finding.AlteredBlock.class);
        assertThat(verifier.chain(proof, chain.header(3), own))
                .isInstanceOf(Finding.WrongHeight.class);
    }

    @Test
    void onlyTheBorderOfTwoStepsHasAProvenState() {
        var schedule = chain.genesis().schedule();
        Instant border = schedule.time(new Height(2));
        assertThat(StepBoundary.of(schedule, border)).isEqualTo(new StepBoundary.At(new Height(2)));
        assertThat(StepBoundary.of(schedule, border.plusSeconds(1)))
                .isEqualTo(new StepBoundary.Inside(border, border.plus(schedule.length())));
        assertThat(StepBoundary.of(schedule, schedule.origin().minusSeconds(1)))
                .isEqualTo(new StepBoundary.Outside(schedule.origin()));
    }
}

package energy.cryptometer.lightclient.verify;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.message.WrittenChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainAuditTest {
    private final WrittenChain chain = new WrittenChain(3);

    private byte[] encoded(Block block) {
        return block.encode(chain.community());
    }

    private ChainAudit audited(int height) {
        ChainAudit audit = ChainAudit.of(chain.genesis());
        for (int i = 1; i <= height; i++) {
            if (!(audit.append(encoded(chain.block(i)))
                    instanceof Finding.Proven<ChainAudit>(ChainAudit next))) {
                throw new AssertionError("block " + i);
            }
            audit = next;
        }
        return audit;
    }

    @Test
    void anHonestChainAddsUp() {
        ChainAudit audit = audited(3);
        assertThat(audit.height()).isEqualTo(new Height(3));
        assertThat(audit.pulses()).isEqualTo(15);
        assertThat(audit.transactions()).isEqualTo(24);
        assertThat(audit.accounts().plant().received()).isEqualTo(Energy.ofMilliwattHours(15_000));
        AccountId x = AccountId.of(chain.community.participantX.publicKey());
        assertThat(audit.accounts().participants().get(x))
                .isNotNull()
                .satisfies(account ->
                        assertThat(account.credited()).isEqualTo(Energy.ofMilliwattHours(4800)));
    }

    @Test
    void theLastTransactionOfASenderLeftOutIsFound() {
        ChainAudit audit = audited(1);
        Block good = chain.block(2);
        for (Batch batch : good.body().batches()) {
            List<SignedTransaction> without = new ArrayList<>(good.body().transactions());
            without.remove(batch.transactions().getLast());
            assertThat(audit.append(encoded(with(good, without))))
                    .isEqualTo(new Finding.WrongTreeSize<>(10, 9));
        }
    }

    @Test
    void everyByteOfABlockMatters() {
        ChainAudit audit = audited(1);
        byte[] good = encoded(chain.block(2));
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            assertThat(audit.append(bad)).as("byte %d", at).isNotInstanceOf(Finding.Proven.class);
        }
    }

    @Test
    void everySignatureReplacedByAStrangersIsFound() {
        ChainAudit audit = audited(1);
        Block good = chain.block(2);
        for (int i = 0; i < good.body().transactions().size(); i++) {
            List<SignedTransaction> altered = new ArrayList<>(good.body().transactions());
            SignedTransaction honest = altered.get(i);
            byte[] signature =
                    SmallCommunity.signer("stranger")
                            .sign(
                                    SignedTransaction.signatureInput(
                                            honest.content(), honest.signer(), chain.community()));
            altered.set(
                    i,
                    SignedTransaction.of(
                            honest.content(), honest.signer(), signature, chain.community()));
            assertThat(audit.append(encoded(with(good, altered))))
                    .isInstanceOf(Finding.AlteredBlock.class);
        }
    }

    private static Block with(Block block, List<SignedTransaction> transactions) {
        return new Block(
                block.header(),
                block.certificate(),
                new Body(block.body().settlement(), block.body().previous(), transactions));
    }

    @Test
    void aBlockLeftOutRepeatedOrUncertifiedIsFound() {
        assertThat(audited(1).append(encoded(chain.block(3)))).isInstanceOf(Finding.Forged.class);
        assertThat(audited(2).append(encoded(chain.block(2)))).isInstanceOf(Finding.Forged.class);
        Block good = chain.block(2);
        Certificate strangers =
                Certificate.ofOne(
                        SmallCommunity.signer("stranger"), good.header(), chain.community());
        assertThat(audited(1).append(encoded(new Block(good.header(), strangers, good.body()))))
                .isInstanceOf(Finding.Forged.class);
    }

    @Test
    void aBlockOfAnotherCommunityIsAWrongChain() {
        ChainAudit other = ChainAudit.of(new SmallCommunity(2).genesis);
        assertThat(other.append(encoded(chain.block(1)))).isInstanceOf(Finding.WrongChain.class);
    }

    @Test
    void aTruncatedOrOversizedBlockIsMalformed() {
        byte[] good = encoded(chain.block(1));
        ChainAudit audit = audited(0);
        for (int length = 0; length < good.length; length += 7) {
            assertThat(audit.append(Arrays.copyOf(good, length)))
                    .isInstanceOf(Finding.Malformed.class);
        }
        assertThat(audit.append(new byte[ChainAudit.MAX_BLOCK_BYTES + 1]))
                .isInstanceOf(Finding.Malformed.class);
    }
}

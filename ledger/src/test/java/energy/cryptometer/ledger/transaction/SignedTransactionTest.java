package energy.cryptometer.ledger.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.cose.Authlete;
import energy.cryptometer.ledger.cose.Sign1;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Transactions in their envelopes, against another project's COSE library.
class SignedTransactionTest {
    private final Draw draw = new Draw(new Random(11));
    private final Community community = new Community(draw.hash());
    private final Community another = new Community(draw.hash());
    private final Signer signer = draw.signer();

    private final Strict.Format<SignedTransaction> format =
            new Strict.Format<>() {
                @Override
                public byte[] encode(SignedTransaction value) {
                    return value.encode();
                }

                @Override
                public SignedTransaction decode(byte[] bytes) throws MalformedException {
                    return SignedTransaction.decode(bytes, community);
                }
            };

    @ParameterizedTest
    @EnumSource
    void anotherLibraryVerifiesEveryType(TransactionType type) {
        Seeds.forAll(
                5,
                random -> {
                    SignedTransaction signed = sign(new Draw(random).transaction(type));
                    byte[] encoded = signed.encode();
                    byte[] aad = community.transactionAad();
                    assertThat(Authlete.verifies(encoded, signer.publicKey(), aad)).isTrue();
                    assertThat(
                                    Authlete.verifies(
                                            encoded, signer.publicKey(), another.transactionAad()))
                            .isFalse();
                    assertThat(signed.verify(signer.publicKey()))
                            .isEqualTo(new SignatureVerdict.Valid());
                });
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedEnvelopeIsRefusedOrSaysSomethingElse(TransactionType type) throws Exception {
        Strict.all(format, sign(draw.transaction(type)));
    }

    @Test
    void noBitOfASignedPulseCanBeTurned() throws Exception {
        SignedTransaction pulse = sign(draw.transaction(TransactionType.GENERATION));
        byte[] encoded = pulse.encode();
        for (int bit = 0; bit < 8 * encoded.length; bit++) {
            byte[] changed = encoded.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            SignedTransaction other;
            try {
                other = SignedTransaction.decode(changed, community);
            } catch (MalformedException refused) {
                continue;
            }
            assertThat(other.verify(signer.publicKey()).isValid()).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void anotherCommunitysTransactionDoesNotVerify() throws Exception {
        byte[] encoded = sign(draw.transaction(TransactionType.TRANSFER)).encode();
        SignedTransaction foreign = SignedTransaction.decode(encoded, another);
        assertThat(foreign.verify(signer.publicKey())).isEqualTo(new SignatureVerdict.Invalid());
    }

    @Test
    void theIdIsTheHashOfWhatWasSignedAndNotOfTheSignature() {
        Transaction content = draw.transaction(TransactionType.GENERATION, ChainLink.first());
        SignedTransaction signed = sign(content);
        SignedTransaction unsigned =
                SignedTransaction.of(content, signer.publicKey().id(), new byte[64], community);
        assertThat(signed.id())
                .isEqualTo(unsigned.id())
                .isEqualTo(
                        Hash.sha256(
                                SignedTransaction.signatureInput(
                                        content, signer.publicKey().id(), community)));
        assertThat(signed).isNotEqualTo(unsigned).hasSameHashCodeAs(unsigned);
        assertThat(signed.next().previous()).isEqualTo(signed.id());
        assertThat(signed.next().sequence()).isEqualTo(content.sequence() + 1);
    }

    @Test
    void anUnsignedTransactionIsReadAndNeverValid() {
        SignedTransaction unsigned =
                SignedTransaction.of(
                        draw.transaction(TransactionType.GENERATION),
                        signer.publicKey().id(),
                        new byte[64],
                        community);
        assertThat(unsigned.verify(signer.publicKey()))
                .isEqualTo(new SignatureVerdict.OutOfRange());
    }

    @Test
    void aSignatureOf63BytesIsRefused() {
        byte[] encoded = sign(draw.transaction(TransactionType.OFFER)).encode();
        byte[] shorter = Arrays.copyOf(encoded, encoded.length - 1);
        shorter[encoded.length - 65] = 63;
        assertThatThrownBy(() -> SignedTransaction.decode(shorter, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("signature: found 63 bytes, expected exactly 64");
    }

    @Test
    void anEnvelopeAroundSomethingElseIsRefused() {
        byte[] other =
                Sign1.sign(signer, new byte[] {(byte) 0xf6}, community.transactionAad()).encode();
        assertThatThrownBy(() -> SignedTransaction.decode(other, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("transaction: found");
    }

    @Test
    void insideABlockTypeComesBeforeSenderBeforeSequence() {
        List<Signer> senders =
                Stream.of(signer, draw.signer())
                        .sorted(Comparator.comparing(sender -> sender.publicKey().id()))
                        .toList();
        Signer low = senders.getFirst();
        Signer high = senders.getLast();
        SignedTransaction a = at(low, TransactionType.GENERATION, 7);
        SignedTransaction b = at(low, TransactionType.GENERATION, 9);
        SignedTransaction c = at(high, TransactionType.GENERATION, 1);
        SignedTransaction d = at(low, TransactionType.TRANSFER, 8);
        assertThat(Stream.of(d, c, b, a).sorted(SignedTransaction.BLOCK_ORDER))
                .containsExactly(a, b, c, d);
    }

    private SignedTransaction at(Signer sender, TransactionType type, long sequence) {
        return SignedTransaction.sign(
                draw.transaction(type, new ChainLink(sequence, Hash.ZERO)), sender, community);
    }

    private SignedTransaction sign(Transaction content) {
        return SignedTransaction.sign(content, signer, community);
    }
}

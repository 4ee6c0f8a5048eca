package energy.cryptometer.ledger.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.unit.ClockQuality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The compact form of a sender's chain gives back the very bytes that were signed.
class BatchTest {
    private final Draw draw = new Draw(new Random(5));
    private final Community community = new Community(draw.hash());
    private final Signer signer = draw.signer();

    private final Strict.Format<Batch> format =
            new Strict.Format<>() {
                @Override
                public byte[] encode(Batch value) {
                    return value.encode();
                }

                @Override
                public Batch decode(byte[] bytes) throws MalformedException {
                    return Batch.decode(bytes, community);
                }
            };

    @Test
    void everyMixtureOfTypesComesBackAsItWasSigned() {
        Seeds.forAll(
                300,
                random -> {
                    Batch batch = new Batch(mixed(random, 1 + random.nextInt(40)));
                    Strict.roundTrip(format, batch);
                    List<byte[]> signed =
                            batch.transactions().stream().map(SignedTransaction::encode).toList();
                    List<byte[]> read =
                            Batch.decode(batch.encode(), community).transactions().stream()
                                    .map(SignedTransaction::encode)
                                    .toList();
                    assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(signed);
                });
    }

    @Test
    void aDamagedBatchIsRefusedOrSaysSomethingElse() {
        Seeds.forAll(
                4, random -> Strict.all(format, new Batch(mixed(random, 1 + random.nextInt(4)))));
    }

    @Test
    void itsLengthIsKnownToTheByteBeforeItIsEncoded() {
        Seeds.forAll(
                300,
                random -> {
                    List<SignedTransaction> chain =
                            random.nextBoolean()
                                    ? mixed(random, 1 + random.nextInt(40))
                                    : pulses(
                                            random.longs(1 + random.nextInt(400), 0, 1L << 33)
                                                    .toArray());
                    BatchSize size = BatchSize.from(chain.getFirst().content().link());
                    for (SignedTransaction transaction : chain) {
                        size = size.with(transaction.content());
                    }
                    int length = new Batch(chain).encode().length;
                    assertThat(size.bytes()).isEqualTo(length);
                    assertThat(BatchSize.fitting(chain, length)).isEqualTo(chain.size());
                    assertThat(BatchSize.fitting(chain, length - 1)).isEqualTo(chain.size() - 1);
                });
    }

    @Test
    void aClockThatStepsBackStaysInOneRun() throws Exception {
        List<SignedTransaction> pulses = pulses(1_000_000, 500, 400, 90_000_000, 90_000_000, 7);
        byte[] encoded = new Batch(pulses).encode();
        assertThat(Batch.decode(encoded, community).transactions()).isEqualTo(pulses);
        assertThat(segmentsOf(encoded)).isEqualTo(1);
    }

    @Test
    void aPulseOfTwoHundredCostsAtMostSeventyFiveBytes() {
        List<SignedTransaction> pulses = new ArrayList<>();
        ChainLink link = ChainLink.first();
        long millis = 1_795_305_600_000L;
        for (int i = 0; i < 200; i++) {
            millis += 36_000 + draw.number(0, 5_000);
            SignedTransaction pulse = sign(pulse(link, i + 1, millis));
            pulses.add(pulse);
            link = pulse.next();
        }
        int bytes = new Batch(pulses).encode().length;
        assertThat(bytes / 200).as("%d bytes for 200 pulses", bytes).isLessThanOrEqualTo(70);
    }

    @Test
    void whereQualityOrStatusChangesANewRunBegins() throws Exception {
        List<SignedTransaction> pulses = new ArrayList<>();
        ChainLink link = ChainLink.first();
        for (int i = 0; i < 9; i++) {
            Generation generation =
                    new Generation(
                            link,
                            i + 1,
                            1,
                            Capture.ofMillis(
                                    i, i < 3 ? ClockQuality.UNKNOWN : ClockQuality.SYNCHRONISED),
                            i < 6 ? PulseStatus.CONTACT : PulseStatus.REGISTER);
            pulses.add(sign(generation));
            link = pulses.getLast().next();
        }
        byte[] encoded = new Batch(pulses).encode();
        assertThat(segmentsOf(encoded)).isEqualTo(3);
        assertThat(Batch.decode(encoded, community).transactions()).isEqualTo(pulses);
    }

    @Test
    void aRunSplitWithoutNeedIsRefused() {
        List<SignedTransaction> pulses = pulses(10, 20);
        CborWriter split = head(2);
        pulses.forEach(pulse -> GenerationRun.write(split, List.of(pulse)));
        assertThatThrownBy(() -> Batch.decode(split.toByteArray(), community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("runs are not as long as they can be");
    }

    @Test
    void aPulseWrittenOutInFullIsRefused() {
        SignedTransaction pulse = pulses(10).getFirst();
        CborWriter single =
                head(1).array(3)
                        .unsigned(0)
                        .bytes(pulse.content().payload())
                        .bytes(pulse.signature());
        assertThatThrownBy(() -> Batch.decode(single.toByteArray(), community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("runs are not as long as they can be");
    }

    @Test
    void aGapIsRefused() {
        List<SignedTransaction> pulses = pulses(10, 20, 30);
        assertThatThrownBy(() -> new Batch(List.of(pulses.get(0), pulses.get(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 3 does not follow sequence 1");
    }

    @Test
    void aForeignSignerIsRefused() {
        SignedTransaction first = pulses(10).getFirst();
        SignedTransaction foreign =
                SignedTransaction.sign(pulse(first.next(), 2, 20), draw.signer(), community);
        assertThatThrownBy(() -> new Batch(List.of(first, foreign)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a transaction of");
    }

    @Test
    void aWrongPredecessorIsRefused() {
        SignedTransaction first = pulses(10).getFirst();
        SignedTransaction other = sign(pulse(new ChainLink(2, Hash.ZERO), 2, 20));
        assertThatThrownBy(() -> new Batch(List.of(first, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 2 does not follow sequence 1");
    }

    @Test
    void aTransactionOutOfSequenceOnTheWireIsRefused() {
        SignedTransaction event =
                sign(draw.transaction(TransactionType.METER_EVENT, new ChainLink(2, Hash.ZERO)));
        CborWriter writer =
                head(1).array(3)
                        .unsigned(0)
                        .bytes(event.content().payload())
                        .bytes(event.signature());
        assertThatThrownBy(() -> Batch.decode(writer.toByteArray(), community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("sequence 2 stands where sequence 1 must follow");
    }

    @Test
    void anEmptyBatchIsRefused() {
        assertThatThrownBy(() -> Batch.decode(head(0).toByteArray(), community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("batch of 0 transactions is outside 1 to 100000");
    }

    @Test
    void aSegmentOfAnUnknownKindIsRefused() {
        CborWriter writer = head(1).array(2).unsigned(1).unsigned(1);
        assertThatThrownBy(() -> Batch.decode(writer.toByteArray(), community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("segment of kind 1 has 2 fields");
    }

    @Test
    void captureStepsThatLeaveTheCalendarAreRefused() {
        byte[] batch = oneRun(-1, new byte[128]);
        assertThatThrownBy(() -> Batch.decode(batch, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("captured at -1 ms is outside 1970 to 9999");
    }

    @Test
    void aSignatureMissingInARunIsRefused() {
        byte[] batch = oneRun(5, new byte[64]);
        assertThatThrownBy(() -> Batch.decode(batch, community))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("signatures: found 64 bytes, expected exactly 128");
    }

    /// A batch of one run of two pulses, the second so many milliseconds after the first.
    private byte[] oneRun(long step, byte[] signatures) {
        return head(1).array(8)
                .unsigned(1)
                .unsigned(0)
                .unsigned(1)
                .unsigned(0)
                .unsigned(0)
                .unsigned(0)
                .array(1)
                .integer(step)
                .bytes(signatures)
                .toByteArray();
    }

    private CborWriter head(int segments) {
        return new CborWriter()
                .array(4)
                .bytes(signer.publicKey().id().toBytes())
                .unsigned(1)
                .bytes(Hash.ZERO.toBytes())
                .array(segments);
    }

    /// The number of segments stands behind `[signer, sequence below 24, previous`.
    private static int segmentsOf(byte[] batch) {
        return batch[1 + 9 + 1 + 34] & 0x1f;
    }

    private List<SignedTransaction> pulses(long... millis) {
        List<SignedTransaction> pulses = new ArrayList<>();
        ChainLink link = ChainLink.first();
        for (int i = 0; i < millis.length; i++) {
            SignedTransaction pulse = sign(pulse(link, i + 1, millis[i]));
            pulses.add(pulse);
            link = pulse.next();
        }
        return pulses;
    }

    private static Generation pulse(ChainLink link, long count, long millis) {
        return new Generation(
                link,
                count,
                1,
                Capture.ofMillis(millis, ClockQuality.SYNCHRONISED),
                PulseStatus.CONTACT);
    }

    /// Pulses in runs of random length, broken by other types and by changes of everything.
    private List<SignedTransaction> mixed(RandomGenerator random, int size) {
        Draw drawn = new Draw(random);
        List<SignedTransaction> transactions = new ArrayList<>();
        ChainLink link = new ChainLink(1 + random.nextLong(1L << 40), drawn.hash());
        Generation last = drawn.generation(link);
        for (int i = 0; i < size; i++) {
            Transaction next =
                    switch (random.nextInt(6)) {
                        case 0 -> drawn.transaction(drawn.oneOf(TransactionType.values()), link);
                        case 1 -> drawn.generation(link);
                        default -> steadyAfter(last, link, drawn);
                    };
            if (next instanceof Generation generation) {
                last = generation;
            }
            SignedTransaction signed =
                    SignedTransaction.of(next, signer.publicKey().id(), drawn.bytes(64), community);
            transactions.add(signed);
            link = signed.next();
        }
        return transactions;
    }

    private static Generation steadyAfter(Generation last, ChainLink link, Draw drawn) {
        long count = Math.min(last.count() + last.pulses(), 1_000_000_000_000L);
        return new Generation(
                link,
                count,
                last.pulses(),
                Capture.ofMillis(drawn.capture().epochMillis(), last.capture().quality()),
                last.status());
    }

    private SignedTransaction sign(Transaction content) {
        return SignedTransaction.sign(content, signer, community);
    }
}

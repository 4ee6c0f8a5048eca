package energy.cryptometer.ledger.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.Structure;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Entry;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.ParticipantEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Payloads of every type against two CBOR libraries, and against every kind of damage.
class TransactionCodecTest {
    private static final Strict.Format<Transaction> PAYLOAD =
            new Strict.Format<>() {
                @Override
                public byte[] encode(Transaction value) {
                    return value.payload();
                }

                @Override
                public Transaction decode(byte[] bytes) throws MalformedException {
                    return Transaction.decode(bytes);
                }
            };

    @ParameterizedTest
    @EnumSource
    void whatWasSaidIsReadAgain(TransactionType type) {
        Seeds.forAll(200, random -> Strict.roundTrip(PAYLOAD, new Draw(random).transaction(type)));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedPayloadIsRefusedOrSaysSomethingElse(TransactionType type) {
        Seeds.forAll(6, random -> Strict.all(PAYLOAD, new Draw(random).transaction(type)));
    }

    @ParameterizedTest
    @EnumSource
    void twoOtherLibrariesReadTheSameStructure(TransactionType type) {
        Seeds.forAll(
                200,
                random -> {
                    Transaction transaction = new Draw(random).transaction(type);
                    byte[] payload = transaction.payload();
                    List<@Nullable Object> expected = expected(transaction);
                    assertThat(Structure.upokecenter(payload)).isEqualTo(expected);
                    assertThat(Structure.authlete(payload)).isEqualTo(expected);
                });
    }

    @ParameterizedTest
    @EnumSource
    void oneFieldMoreOrLessIsRefused(TransactionType type) throws Exception {
        Transaction transaction = new Draw(new Random(7)).transaction(type);
        List<byte[]> fields = fields(transaction.payload());
        List<byte[]> more = new ArrayList<>(fields);
        more.add(new byte[] {0});
        for (List<byte[]> changed : List.of(more, fields.subList(0, fields.size() - 1))) {
            CborWriter writer = new CborWriter().array(changed.size());
            changed.forEach(writer::encoded);
            assertThatThrownBy(() -> Transaction.decode(writer.toByteArray()))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLargestOfATypeStillFits(TransactionType type) throws Exception {
        Transaction largest = Largest.of(type);
        assertThat(largest.payload().length).isLessThanOrEqualTo(Transaction.MAX_PAYLOAD_BYTES);
        assertThat(Transaction.decode(largest.payload())).isEqualTo(largest);
    }

    private static List<byte[]> fields(byte[] payload) throws MalformedException {
        CborReader reader = new CborReader(payload);
        int count = reader.array("payload", 16);
        List<byte[]> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(reader.item("field", payload.length));
        }
        return fields;
    }

    /// What the specification says of each type, in its order.
    private static List<@Nullable Object> expected(Transaction transaction) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add((long) transaction.type().code());
        list.add(transaction.sequence());
        list.add(Structure.bytes(transaction.link().previous().toBytes()));
        list.addAll(
                switch (transaction) {
                    case Generation g ->
                            List.of(
                                    g.count(),
                                    (long) g.pulses(),
                                    g.capture().epochMillis(),
                                    (long) g.capture().quality().code(),
                                    (long) g.status().code());
                    case Transfer t -> expected(t);
                    case Allocation a -> expected(a);
                    case Offer o -> List.of(o.slot().value(), o.tokens());
                    case MeterEvent e ->
                            List.of(
                                    e.capture().epochMillis(),
                                    (long) e.capture().quality().code(),
                                    (long) e.kind().code(),
                                    e.detail().a(),
                                    e.detail().b(),
                                    e.detail().text());
                    case Registration r ->
                            List.of(
                                    r.admitted().stream()
                                            .map(TransactionCodecTest::expected)
                                            .toList(),
                                    r.revoked().stream()
                                            .map(id -> Structure.bytes(id.toBytes()))
                                            .toList());
                    case Consumption c ->
                            List.of(
                                    c.step().index(),
                                    Structure.bytes(c.participant().toBytes()),
                                    c.energy().milliwattHours());
                    case Evidence e ->
                            List.of(Structure.bytes(e.first()), Structure.bytes(e.second()));
                });
        return list;
    }

    private static List<Object> expected(Transfer transfer) {
        return List.of(
                transfer.range().step().index(),
                transfer.range().firstSequence(),
                transfer.range().lastSequence(),
                transfer.range().countBefore(),
                transfer.range().countAfter(),
                Structure.bytes(transfer.to().toBytes()),
                transfer.energy().milliwattHours());
    }

    private static List<Object> expected(Allocation allocation) {
        return List.of(
                allocation.step().index(),
                allocation.transfers().stream().map(id -> Structure.bytes(id.toBytes())).toList(),
                allocation.credits().stream()
                        .map(credit ->
                                List.of(
                                        Structure.bytes(credit.account().toBytes()),
                                        credit.energy().milliwattHours()))
                        .toList());
    }

    private static List<Object> expected(Entry entry) {
        String key = Structure.bytes(entry.key().compressed());
        return switch (entry) {
            case MeterEntry m ->
                    List.of(
                            1L,
                            key,
                            m.serial(),
                            (long) m.midClass().code(),
                            (long) m.constant().pulsesPerKilowattHour(),
                            (long) m.ratedPowerWatts());
            case ParticipantEntry p -> List.of(2L, key, (long) p.sharePartsPerMillion());
            case NodeEntry n -> List.of(3L, key, Structure.bytes(n.vrfKey().toBytes()));
        };
    }
}

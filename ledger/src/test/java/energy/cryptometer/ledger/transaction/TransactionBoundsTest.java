package energy.cryptometer.ledger.transaction;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import energy.cryptometer.ledger.cbor.MalformedException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every field has a bound, and the refusal names the field. Each row puts one JSON value (byte
/// strings as `#` and a number of zero bytes) into one place of a good payload of that type.
class TransactionBoundsTest {
    @ParameterizedTest(name = "{0} with {2} in field {1}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GENERATION   | 0 | 0                      | transaction type 0 is outside 1 to 8
                    GENERATION   | 0 | 9                      | transaction type 9 is outside 1 to 8
                    GENERATION   | 1 | 0                      | sequence 0 is outside 1 to 2^48
                    GENERATION   | 1 | 281474976710657        | sequence: found 281474976710657, expected at most 281474976710656
                    GENERATION   | 2 | #31                    | previous transaction: found 31 bytes, expected exactly 32
                    GENERATION   | 3 | 0                      | pulse count 0 is outside 1 to 1000000000000
                    GENERATION   | 3 | 1000000000001          | pulse count: found 1000000000001
                    GENERATION   | 4 | 0                      | pulses per transaction 0 is outside
                    GENERATION   | 4 | 1001                   | pulses in this transaction: found 1001, expected at most 1000
                    GENERATION   | 5 | -1                     | captured at: found
                    GENERATION   | 5 | 253402300800000        | captured at: found 253402300800000
                    GENERATION   | 6 | 3                      | clock quality: found 3, expected at most 2
                    GENERATION   | 7 | 3                      | pulse status: found 3, expected at most 2
                    TRANSFER     | 3 | 274877906945           | market step: found 274877906945
                    TRANSFER     | 4 | 0                      | sequences 0 to
                    TRANSFER     | 5 | 0                      | are no range
                    TRANSFER     | 5 | 281474976710657        | last sequence: found
                    TRANSFER     | 6 | 1000000000000          | pulse counts 1000000000000 to
                    TRANSFER     | 7 | 0                      | to 0 are no range
                    TRANSFER     | 7 | 1000000000001          | count after: found 1000000000001
                    TRANSFER     | 8 | #33                    | receiving account: found 33 bytes
                    TRANSFER     | 9 | 4611686018427387905    | energy: found 4611686018427387905
                    ALLOCATION   | 3 | 274877906945           | market step: found
                    ALLOCATION   | 4 | []                     | allocation of 0 transfers is outside 1 to 500
                    ALLOCATION   | 4 | [#32,#32]              | allocation's transfers are not ascending
                    ALLOCATION   | 4 | [#31]                  | transfer id: found 31 bytes
                    ALLOCATION   | 5 | []                     | allocation to 0 participants is outside 1 to 400
                    ALLOCATION   | 5 | [[#32,1],[#32,2]]      | allocation's accounts are not ascending
                    ALLOCATION   | 5 | [[#32]]                | credit: found 1 elements, expected exactly 2
                    ALLOCATION   | 5 | [[#32,-1]]             | energy: found
                    OFFER        | 3 | 0                      | offer for slot 0
                    OFFER        | 3 | 274877906946           | slot: found 274877906946
                    OFFER        | 4 | 0                      | offer of 0 tokens is outside 1 to 2^62
                    OFFER        | 4 | 4611686018427387905    | tokens: found
                    METER_EVENT  | 3 | 253402300800000        | occurred at: found
                    METER_EVENT  | 4 | 3                      | clock quality: found 3
                    METER_EVENT  | 5 | 0                      | meter event kind 0 is outside 1 to 13
                    METER_EVENT  | 5 | 14                     | meter event kind 14 is outside 1 to 13
                    METER_EVENT  | 5 | 256                    | event kind: found 256
                    METER_EVENT  | 6 | 4611686018427387905    | event number a: found
                    METER_EVENT  | 7 | 4611686018427387905    | event number b: found
                    METER_EVENT  | 8 | "12345678901234567890123456789012345678901234567890123456789012345" | event text: found 65 bytes of text, expected at most 64
                    REGISTRATION | 3 | [[0,#33,0]]            | entry kind 0 is outside 1 to 3
                    REGISTRATION | 3 | [[4,#33,0]]            | entry kind: found 4
                    REGISTRATION | 3 | [[2,#33,0]]            | public key: found
                    REGISTRATION | 3 | [[2,#32,0]]            | participant key: found 32 bytes
                    REGISTRATION | 4 | [#31]                  | revoked account: found 31 bytes
                    CONSUMPTION  | 3 | 274877906945           | market step: found
                    CONSUMPTION  | 4 | #31                    | participant: found 31 bytes
                    CONSUMPTION  | 5 | 4611686018427387905    | energy: found
                    EVIDENCE     | 3 | #0                     | first message has 0 bytes, allowed 1 to 8192
                    EVIDENCE     | 3 | #8193                  | first message: found 8193 bytes
                    EVIDENCE     | 4 | #0                     | second message has 0 bytes
                    EVIDENCE     | 4 | #8193                  | second message: found 8193 bytes
                    """)
    void outsideItsBoundAFieldIsRefusedByName(
            TransactionType type, int field, String value, String sentence) {
        CBORObject payload = good(type);
        payload.Set(field, parse(value));
        assertThatThrownBy(() -> Transaction.decode(payload.EncodeToBytes()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void twoEqualMessagesAreNoEvidence() {
        CBORObject payload = good(TransactionType.EVIDENCE);
        payload.Set(3, payload.get(4));
        assertThatThrownBy(() -> Transaction.decode(payload.EncodeToBytes()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("both messages are the same");
    }

    @Test
    void aRegistrationOfNothingIsRefused() {
        CBORObject payload = good(TransactionType.REGISTRATION);
        payload.Set(3, CBORObject.NewArray());
        payload.Set(4, CBORObject.NewArray());
        assertThatThrownBy(() -> Transaction.decode(payload.EncodeToBytes()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("admits 0 and revokes 0");
    }

    @Test
    void aPayloadLargerThanAnyTypeIsRefusedUnread() {
        assertThatThrownBy(() -> Transaction.decode(new byte[Transaction.MAX_PAYLOAD_BYTES + 1]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has 49153 bytes, limit 49152");
    }

    private static CBORObject good(TransactionType type) {
        return CBORObject.DecodeFromBytes(
                new Draw(new Random(3)).transaction(type, ChainLink.first()).payload());
    }

    /// JSON, with `#n` for n zero bytes.
    private static CBORObject parse(String value) {
        if (value.startsWith("[") && !value.equals("[]")) {
            CBORObject array = CBORObject.NewArray();
            int depth = 0;
            int start = 1;
            for (int i = 1; i < value.length(); i++) {
                char c = value.charAt(i);
                if (depth == 0 && (c == ',' || i == value.length() - 1)) {
                    array.Add(parse(value.substring(start, i)));
                    start = i + 1;
                }
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            }
            return array;
        }
        return value.startsWith("#")
                ? CBORObject.FromObject(new byte[Integer.parseInt(value.substring(1))])
                : CBORObject.FromJSONString(value);
    }
}

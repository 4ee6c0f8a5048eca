package energy.cryptometer.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.authlete.cbor.CBORBoolean;
import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORLong;
import com.authlete.cbor.CBORNull;
import com.authlete.cbor.CBORPair;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORString;
import com.authlete.cbor.CBORTaggedItem;
import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import energy.cryptometer.ledger.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two independent CBOR libraries agree with ours about random trees, in both directions.
class OracleTest {
    private static final CBOREncodeOptions CANONICAL = new CBOREncodeOptions("ctap2canonical=true");

    @Test
    void upokecenterReadsWhatWeWriteAndWeReadWhatItWrites() {
        Seeds.forAll(
                1_000,
                random -> {
                    Tree tree = Tree.random(random, 8);
                    CBORObject theirs = upokecenter(tree);

                    byte[] ours = tree.encode();
                    assertThat(CBORObject.DecodeFromBytes(ours)).isEqualTo(theirs);
                    byte[] written = theirs.EncodeToBytes();
                    assertThat(written).isEqualTo(ours);
                    assertThat(Tree.decode(written)).isEqualTo(tree);
                });
    }

    @Test
    void upokecentersCanonicalFormIsOurs() {
        Seeds.forAll(
                1_000,
                random -> {
                    Tree tree = Tree.random(random, 4);
                    byte[] canonical = upokecenter(tree).EncodeToBytes(CANONICAL);

                    assertThat(tree.encode()).isEqualTo(canonical);
                    assertThat(Tree.decode(canonical)).isEqualTo(tree);
                });
    }

    @Test
    void authleteReadsWhatWeWriteAndWeReadWhatItWrites() {
        Seeds.forAll(
                1_000,
                random -> {
                    Tree tree =
                            random.nextInt(4) == 0
                                    ? new Tree.Tagged(
                                            random.nextBoolean() ? 18 : 98,
                                            Tree.randomArray(random, 7))
                                    : Tree.random(random, 8);
                    CBORItem theirs = authlete(tree);

                    byte[] ours = tree.encode();
                    assertThat(new CBORDecoder(ours).next()).hasToString(theirs.toString());
                    byte[] written = theirs.encode();
                    if (tree.integers().anyMatch(OracleTest::authleteWastesAHead)) {
                        assertThatThrownBy(() -> Tree.decode(written))
                                .isInstanceOf(MalformedException.class)
                                .hasMessageContaining("expected the shortest head");
                    } else {
                        assertThat(written).isEqualTo(ours);
                        assertThat(Tree.decode(written)).isEqualTo(tree);
                    }
                });
    }

    /// Its version 1.19 writes these integers in eight bytes although four are enough.
    private static boolean authleteWastesAHead(long value) {
        long argument = value >= 0 ? value : ~value;
        return argument > Integer.MAX_VALUE && argument <= 0xffff_ffffL;
    }

    private static CBORObject upokecenter(Tree tree) {
        return switch (tree) {
            case Tree.Int(long value) -> CBORObject.FromObject(value);
            case Tree.Bool(boolean value) -> CBORObject.FromObject(value);
            case Tree.Nil() -> CBORObject.Null;
            case Tree.Text(String value) -> CBORObject.FromObject(value);
            case Tree.Bytes bytes -> CBORObject.FromObject(bytes.toBytes());
            case Tree.Array(List<Tree> items) -> {
                CBORObject array = CBORObject.NewArray();
                items.forEach(item -> array.Add(upokecenter(item)));
                yield array;
            }
            case Tree.Map(List<Tree.Pair> pairs) -> {
                // Backwards, so that the order of the keys is theirs.
                CBORObject map = CBORObject.NewMap();
                pairs.reversed()
                        .forEach(pair ->
                                map.Add(upokecenter(pair.key()), upokecenter(pair.value())));
                yield map;
            }
            case Tree.Tagged(long tag, Tree.Array array) -> upokecenter(array).WithTag((int) tag);
        };
    }

    private static CBORItem authlete(Tree tree) {
        return switch (tree) {
            case Tree.Int(long value) -> new CBORLong(value);
            case Tree.Bool(boolean value) -> value ? CBORBoolean.TRUE : CBORBoolean.FALSE;
            case Tree.Nil() -> CBORNull.INSTANCE;
            case Tree.Text(String value) -> new CBORString(value);
            case Tree.Bytes bytes -> new CBORByteArray(bytes.toBytes());
            case Tree.Array(List<Tree> items) ->
                    new CBORItemList(items.stream().map(OracleTest::authlete).toList());
            case Tree.Map(List<Tree.Pair> pairs) ->
                    new CBORPairList(
                            pairs.stream()
                                    .map(pair ->
                                            new CBORPair(
                                                    authlete(pair.key()), authlete(pair.value())))
                                    .toList());
            case Tree.Tagged(long tag, Tree.Array array) ->
                    new CBORTaggedItem(tag, authlete(array));
        };
    }
}

package energy.cryptometer.ledger.cbor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Any item of our CBOR as a value, so that tests can write, read and compare whole trees.
sealed interface Tree {
    record Int(long value) implements Tree {}

    record Bool(boolean value) implements Tree {}

    record Nil() implements Tree {}

    record Text(String value) implements Tree {}

    record Array(List<Tree> items) implements Tree {}

    record Map(List<Pair> pairs) implements Tree {}

    record Tagged(long tag, Array array) implements Tree {}

    record Pair(Tree key, Tree value) {}

    /// In hexadecimal, to be compared by content.
    record Bytes(String hex) implements Tree {
        static Bytes of(byte... bytes) {
            return new Bytes(HexFormat.of().formatHex(bytes));
        }

        byte[] toBytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    default byte[] encode() {
        CborWriter writer = new CborWriter();
        writeTo(writer);
        return writer.toByteArray();
    }

    private void writeTo(CborWriter writer) {
        switch (this) {
            case Int(long value) when value >= 0 && value % 2 == 0 -> writer.unsigned(value);
            case Int(long value) -> writer.integer(value);
            case Bool(boolean value) -> writer.bool(value);
            case Nil() -> writer.nil();
            case Text(String value) -> writer.text(value);
            case Bytes bytes -> writer.bytes(bytes.toBytes());
            case Array(List<Tree> items) -> {
                writer.array(items.size());
                items.forEach(item -> item.writeTo(writer));
            }
            case Map(List<Pair> pairs) -> {
                writer.map(pairs.size());
                for (Pair pair : pairs) {
                    pair.key().writeTo(writer);
                    pair.value().writeTo(writer);
                }
            }
            case Tagged(long tag, Array array) -> {
                writer.tag(tag);
                ((Tree) array).writeTo(writer);
            }
        }
    }

    static Tree decode(byte[] data) throws MalformedException {
        CborReader reader = new CborReader(data);
        Tree tree = readFrom(reader);
        reader.end("tree");
        return tree;
    }

    private static Tree readFrom(CborReader reader) throws MalformedException {
        return switch (reader.peek()) {
            case UNSIGNED -> new Int(reader.unsigned("integer", Long.MAX_VALUE));
            case NEGATIVE -> new Int(reader.integer("integer", Long.MIN_VALUE, -1));
            case BYTES -> Bytes.of(reader.bytes("bytes", Integer.MAX_VALUE));
            case TEXT -> new Text(reader.text("text", Integer.MAX_VALUE));
            case BOOL -> new Bool(reader.bool("bool"));
            case NULL -> {
                if (!reader.nil()) {
                    // Only a map key out of order: let the strict walk say so.
                    reader.item("null", 1);
                }
                yield new Nil();
            }
            case ARRAY -> readArray(reader);
            case MAP -> {
                int size = reader.map("map", Integer.MAX_VALUE);
                List<Pair> pairs = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    pairs.add(new Pair(readFrom(reader), readFrom(reader)));
                }
                yield new Map(pairs);
            }
            case TAG -> readTagged(reader);
        };
    }

    private static Array readArray(CborReader reader) throws MalformedException {
        int size = reader.array("array", Integer.MAX_VALUE);
        List<Tree> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(readFrom(reader));
        }
        return new Array(items);
    }

    /// The reader is told which tag to expect, so a copy of the item says which.
    private static Tagged readTagged(CborReader reader) throws MalformedException {
        byte[] item = reader.item("tagged item", Integer.MAX_VALUE);
        long tag = item[0] == (byte) 0xd2 ? Cbor.TAG_SIGN1 : Cbor.TAG_SIGN;
        CborReader inner = new CborReader(item);
        inner.tag("tag", tag);
        return new Tagged(tag, readArray(inner));
    }

    /// All integers in the tree.
    default Stream<Long> integers() {
        return switch (this) {
            case Int(long value) -> Stream.of(value);
            case Array(List<Tree> items) -> items.stream().flatMap(Tree::integers);
            case Map(List<Pair> pairs) ->
                    pairs.stream()
                            .flatMap(pair -> Stream.of(pair.key(), pair.value()))
                            .flatMap(Tree::integers);
            case Tagged(_, Array array) -> array.integers();
            case Bool _, Nil _, Text _, Bytes _ -> Stream.empty();
        };
    }

    /// A random tree of at most `levels` levels of arrays and maps.
    static Tree random(RandomGenerator random, int levels) {
        return switch (random.nextInt(levels > 0 ? 8 : 5)) {
            case 0 -> randomInt(random);
            case 1 -> new Text(randomText(random));
            case 2 -> Bytes.of(randomBytes(random));
            case 3 -> new Bool(random.nextBoolean());
            case 4 -> new Nil();
            case 5 -> randomMap(random, levels - 1);
            default -> randomArray(random, levels - 1);
        };
    }

    static Array randomArray(RandomGenerator random, int levels) {
        List<Tree> items = new ArrayList<>();
        int size = random.nextInt(100) == 0 ? 300 : random.nextInt(6);
        for (int i = 0; i < size; i++) {
            items.add(random(random, size > 6 ? 0 : levels));
        }
        return new Array(items);
    }

    private static Map randomMap(RandomGenerator random, int levels) {
        List<Tree> keys = new ArrayList<>();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            keys.add(
                    switch (random.nextInt(3)) {
                        case 0 -> randomInt(random);
                        case 1 -> new Text(randomText(random));
                        default -> Bytes.of(randomBytes(random));
                    });
        }
        List<Pair> pairs =
                keys.stream()
                        .distinct()
                        .sorted((a, b) -> Arrays.compareUnsigned(a.encode(), b.encode()))
                        .map(key -> new Pair(key, random(random, levels)))
                        .toList();
        return new Map(pairs);
    }

    private static Int randomInt(RandomGenerator random) {
        return new Int(random.nextLong() >> random.nextInt(64));
    }

    private static byte[] randomBytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(100) == 0 ? 70_000 : random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String randomText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        while (text.length() < length) {
            int codePoint = random.nextInt(0x110000) >> random.nextInt(21);
            if (codePoint < 0xd800 || codePoint > 0xdfff) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }
}

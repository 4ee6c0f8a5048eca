package energy.cryptometer.fullnode.resource;

import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The query of a request, read strictly: names that are known, decimal numbers without leading
/// zeros, lowercase hexadecimal.
final class Query {
    private static final int MAX_ECHO = 80;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// @throws MalformedException if there is another name than these
    static Query of(Map<String, String> values, String... names) throws MalformedException {
        Set<String> known = new TreeSet<>(Set.of(names));
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new MalformedException(
                        "query '%s' is not known here: %s"
                                .formatted(
                                        shown(name),
                                        known.isEmpty()
                                                ? "there is none"
                                                : "known are " + String.join(", ", known)));
            }
        }
        return new Query(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Height height(String name) throws MalformedException {
        return new Height(number(name, 0, Height.MAX_VALUE));
    }

    long number(String name, long min, long max) throws MalformedException {
        String text = text(name);
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedException(
                    "query %s=%s is no decimal number".formatted(name, shown(text)));
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new MalformedException(
                    "query %s=%d is outside %d to %d".formatted(name, number, min, max));
        }
        return number;
    }

    KeyId keyId(String name) throws MalformedException {
        return KeyId.of(hex(name, KeyId.BYTES));
    }

    Hash hash(String name) throws MalformedException {
        return Hash.of(hex(name, Hash.BYTES));
    }

    AccountId account(String name) throws MalformedException {
        return new AccountId(hash(name));
    }

    private byte[] hex(String name, int bytes) throws MalformedException {
        String text = text(name);
        if (!text.matches("[0-9a-f]{%d}".formatted(2 * bytes))) {
            throw new MalformedException(
                    "query %s=%s is not %d lowercase hexadecimal digits"
                            .formatted(name, shown(text), 2 * bytes));
        }
        return HexFormat.of().parseHex(text);
    }

    private String text(String name) throws MalformedException {
        String text = values.get(name);
        if (text == null) {
            throw new MalformedException("query %s is missing".formatted(name));
        }
        return text;
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() <= MAX_ECHO ? printable : printable.substring(0, MAX_ECHO);
    }
}

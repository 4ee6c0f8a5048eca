package energy.cryptometer.ledger.merkle;

import energy.cryptometer.ledger.hash.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The tree as the text of RFC 9162 writes it, by recursion over lists of entries. It shares no
/// line with the tree under test. The only shortcut: a subtree once hashed is remembered.
final class ReferenceTree {

    private record Span(int from, int to) {}

    private record Outside(int row, boolean left, Hash hash) {}

    private final List<byte[]> entries;
    private final Map<Span, Hash> known = new HashMap<>();

    ReferenceTree(List<byte[]> entries) {
        this.entries = entries;
    }

    /// `count` different entries of different lengths, the first one empty.
    static ReferenceTree ofSize(int count) {
        return new ReferenceTree(
                IntStream.range(0, count)
                        .mapToObj(i -> {
                            byte[] entry = new byte[i];
                            Arrays.fill(entry, (byte) i);
                            return entry;
                        })
                        .toList());
    }

    List<byte[]> entries(int size) {
        return entries.subList(0, size);
    }

    Hash leafHash(int index) {
        return mth(index, index + 1);
    }

    List<Hash> leafHashes(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::leafHash).toList();
    }

    MerkleTree built(int size) {
        return MerkleTree.ofEntries(entries(size));
    }

    /// MTH of section 2.1.1 for the entries [from, to).
    Hash mth(int from, int to) {
        Hash hash = known.get(new Span(from, to));
        if (hash == null) {
            hash = calculate(from, to);
            known.put(new Span(from, to), hash);
        }
        return hash;
    }

    private Hash calculate(int from, int to) {
        if (from == to) {
            return Hash.sha256();
        }
        if (to - from == 1) {
            return Hash.sha256(new byte[] {0}, entries.get(from));
        }
        int k = split(to - from);
        return Hash.sha256(
                new byte[] {1}, mth(from, from + k).toBytes(), mth(from + k, to).toBytes());
    }

    /// PATH(m, D_n) of section 2.1.3.1, with D = [from, to).
    List<Hash> path(int m, int from, int to) {
        if (to - from == 1) {
            return List.of();
        }
        int k = split(to - from);
        return m < k
                ? append(path(m, from, from + k), mth(from + k, to))
                : append(path(m - k, from + k, to), mth(from, from + k));
    }

    /// PROOF(m, D_n) of section 2.1.4.1.
    List<Hash> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<Hash> subproof(int m, int from, int to, boolean complete) {
        if (m == to - from) {
            return complete ? List.of() : List.of(mth(from, to));
        }
        int k = split(to - from);
        return m <= k
                ? append(subproof(m, from, from + k, complete), mth(from + k, to))
                : append(subproof(m - k, from + k, to, false), mth(from, from + k));
    }

    /// The largest subtrees outside [first, after): lower rows first, left before right in a row.
    /// The row of a subtree is that of the split which made it.
    List<Hash> range(int first, int after, int size) {
        List<Outside> found = new ArrayList<>();
        collect(new Span(0, size), new Span(first, after), found);
        return found.stream()
                .sorted(Comparator.comparingInt(Outside::row).thenComparing(o -> !o.left()))
                .map(Outside::hash)
                .toList();
    }

    private void collect(Span tree, Span wanted, List<Outside> found) {
        if (wanted.from() <= tree.from() && tree.to() <= wanted.to()) {
            return;
        }
        int k = split(tree.to() - tree.from());
        int row = Integer.numberOfTrailingZeros(k);
        int middle = tree.from() + k;
        if (middle <= wanted.from()) {
            found.add(new Outside(row, true, mth(tree.from(), middle)));
        } else {
            collect(new Span(tree.from(), middle), wanted, found);
        }
        if (middle >= wanted.to()) {
            found.add(new Outside(row, false, mth(middle, tree.to())));
        } else {
            collect(new Span(middle, tree.to()), wanted, found);
        }
    }

    /// The largest power of two smaller than n.
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }

    private static List<Hash> append(List<Hash> start, Hash end) {
        List<Hash> whole = new ArrayList<>(start);
        whole.add(end);
        return whole;
    }
}

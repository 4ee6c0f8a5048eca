package energy.cryptometer.ledger.cbor;

import java.util.Arrays;

/// The arrays and maps that are open at one point of an encoding: how many items each still lacks,
/// and where the last key of each map lies. Keys are single items, never arrays, maps or tags.
final class Nesting {
    private static final int NO_KEY = -1;

    private final int limit;
    private final long[] missing = new long[Cbor.MAX_DEPTH];
    private final boolean[] isMap = new boolean[Cbor.MAX_DEPTH];
    private final int[] keyStart = new int[Cbor.MAX_DEPTH];
    private final int[] keyEnd = new int[Cbor.MAX_DEPTH];
    private int depth;

    /// @param outer number of arrays and maps around the encoding, 0 if it stands alone
    Nesting(int outer) {
        limit = Cbor.MAX_DEPTH - outer;
    }

    int depth() {
        return depth;
    }

    boolean isFull() {
        return depth >= limit;
    }

    /// Whether the next item is a key of the innermost map.
    boolean atKey() {
        return depth > 0 && isMap[depth - 1] && missing[depth - 1] % 2 == 0;
    }

    /// Items that the innermost array or map still lacks; 0 when nothing is open.
    long missing() {
        return depth == 0 ? 0 : missing[depth - 1];
    }

    /// Opens an array of `items` items, or a map of `items` keys and values together.
    void open(boolean map, long items) {
        if (items == 0) {
            closeItem();
            return;
        }
        missing[depth] = items;
        isMap[depth] = map;
        keyStart[depth] = NO_KEY;
        depth++;
    }

    /// Takes note of one whole item without parts in `buffer[start, end)`.
    ///
    /// @return false if the item is a key that does not follow the previous key in bytewise order;
    ///   nothing has changed then
    boolean close(byte[] buffer, int start, int end) {
        if (atKey()) {
            int top = depth - 1;
            boolean ascends =
                    keyStart[top] == NO_KEY
                            || Arrays.compareUnsigned(
                                            buffer, keyStart[top], keyEnd[top], buffer, start, end)
                                    < 0;
            if (!ascends) {
                return false;
            }
            keyStart[top] = start;
            keyEnd[top] = end;
        }
        closeItem();
        return true;
    }

    private void closeItem() {
        while (depth > 0 && --missing[depth - 1] == 0) {
            depth--;
        }
    }
}

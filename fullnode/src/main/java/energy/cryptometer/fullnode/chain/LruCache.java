package energy.cryptometer.fullnode.chain;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// The values used last, by height, up to a total weight; the newest stays whatever it weighs. Safe
/// for threads.
final class LruCache<V> {
    private final long capacity;
    private final ToLongFunction<V> weight;
    private final Map<Long, V> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    LruCache(long capacity, ToLongFunction<V> weight) {
        this.capacity = capacity;
        this.weight = weight;
    }

    synchronized Optional<V> get(long height) {
        return Optional.ofNullable(kept.get(height));
    }

    synchronized void put(long height, V value) {
        V replaced = kept.put(height, value);
        total += weight.applyAsLong(value);
        if (replaced != null) {
            total -= weight.applyAsLong(replaced);
        }
        Iterator<V> eldest = kept.values().iterator();
        while (total > capacity && kept.size() > 1) {
            total -= weight.applyAsLong(eldest.next());
            eldest.remove();
        }
    }
}

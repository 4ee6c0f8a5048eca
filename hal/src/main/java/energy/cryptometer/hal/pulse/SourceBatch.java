package energy.cryptometer.hal.pulse;

import java.util.List;

/// What one call of [PulseSource#await] gives: items in order, and the state the source has after
/// them. Both become durable together or not at all. No items means that the time ran out; the
/// state is then the one before, but for the later moment of an edge mark.
public record SourceBatch(List<SourceItem> items, SourceState stateAfter) {
    /// The most items one batch carries; a longer backlog comes in several batches.
    public static final int MOST_ITEMS = 1024;

    public SourceBatch {
        items = List.copyOf(items);
        if (items.size() > MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "batch of " + items.size() + " items is above " + MOST_ITEMS + "; split it");
        }
    }

    /// Nothing happened before the time ran out.
    public boolean isEmpty() {
        return items.isEmpty();
    }
}

package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.transaction.TransactionType;

/// All transactions of one type with sequences from `first` to `last`; those of other types that
/// lie between do not belong to it. In a block they are neighbours, so one range proof covers them.
public record SequenceRange(TransactionType type, long first, long last) {
    public SequenceRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "sequences %d to %d are no range".formatted(first, last));
        }
    }
}

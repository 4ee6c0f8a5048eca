package energy.cryptometer.hal.meter.model;

/// How a meter packs a number into 16-bit words. The label is the word used in meter files.
public enum DataType {
    FLOAT32("float32", 2),
    INT32("int32", 2),
    UINT32("uint32", 2),
    INT64("int64", 4),
    UINT64("uint64", 4);

    private final String label;
    private final int words;

    DataType(String label, int words) {
        this.label = label;
        this.words = words;
    }

    public String label() {
        return label;
    }

    /// Length on the wire, in 16-bit words.
    public int words() {
        return words;
    }
}

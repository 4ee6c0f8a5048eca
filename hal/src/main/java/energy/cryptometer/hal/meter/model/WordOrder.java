package energy.cryptometer.hal.meter.model;

/// Which 16-bit word of a longer number has the lower register address. Bytes within a word are
/// always high first (Modbus Application Protocol 1.1b3, 4.2).
public enum WordOrder {
    HIGH_FIRST("high-first"),
    LOW_FIRST("low-first");

    private final String label;

    WordOrder(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}

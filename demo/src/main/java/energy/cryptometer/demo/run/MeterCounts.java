package energy.cryptometer.demo.run;

/// The four numbers of one meter or of all of them, in pulses.
public record MeterCounts(long counted, long signed, long sent, long proven) {
    static final MeterCounts NONE = new MeterCounts(0, 0, 0, 0);

    MeterCounts plus(MeterCounts other) {
        return new MeterCounts(
                counted + other.counted,
                signed + other.signed,
                sent + other.sent,
                proven + other.proven);
    }

    boolean complete(long pulses) {
        return counted == pulses && signed == pulses && sent == pulses && proven == pulses;
    }
}

package energy.cryptometer.hal.edge;

/// The line changed.
///
/// @param nanos when, in nanoseconds of a clock that never runs backwards
/// @param active the level it changed to: whether the meter's contact is closed now
/// @param sequence its number, from 1 and without holes as long as none is lost
public record Edge(long nanos, boolean active, long sequence) {
    public Edge {
        if (sequence < 1) {
            throw new IllegalArgumentException("edge number " + sequence + " is below 1");
        }
    }
}

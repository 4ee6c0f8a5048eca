package energy.cryptometer.firmware.stage;

import java.time.Duration;

/// A stage is put off by somebody who said for how long. It is a failure like any other, but the
/// pause is theirs.
public final class PostponedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Duration pause;

    /// @param pause what was asked for; 1 s to 1 min of it is granted
    public PostponedException(String message, Duration pause) {
        super(message);
        this.pause = pause.compareTo(LONGEST) > 0 ? LONGEST : longer(pause);
    }

    private static Duration longer(Duration pause) {
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
    }

    public Duration pause() {
        return pause;
    }
}

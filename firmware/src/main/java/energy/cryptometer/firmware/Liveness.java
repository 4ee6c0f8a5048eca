package energy.cryptometer.firmware;

import java.time.Duration;

/// How long a thread may be silent before the watchdog takes the program for hung.
final class Liveness {
    /// Capture moves at least every 6 s, also while the journal cannot be written.
    static final Duration LONGEST_CAPTURE_TURN = Duration.ofSeconds(30);

    /// A round of signatures takes about half a second; a token that was lost is looked for within
    /// seconds. One that does not answer at all holds the thread inside its module, and nothing but
    /// a new process frees it.
    static final Duration LONGEST_SIGNING_TURN = Duration.ofMinutes(2);

    /// After this the status LED shows a fault of the key.
    static final Duration PATIENT_SIGNING_TURN = Duration.ofSeconds(10);

    private Liveness() {}
}

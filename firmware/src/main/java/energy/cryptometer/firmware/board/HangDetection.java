package energy.cryptometer.firmware.board;

import java.time.Duration;
import java.util.Optional;

/// How long a thread may be silent before the watchdog takes the program for hung.
final class HangDetection {
    /// Capture moves at least every 2 s, also while the journal cannot be written. Each commit, and
    /// the probe that is one where no pulse comes for a minute, is part of its turn: a disk that
    /// does not answer holds it.
    static final Duration LONGEST_CAPTURE_TURN = Duration.ofSeconds(30);

    /// A round of signatures takes about half a second; a token that was lost is looked for within
    /// seconds. One that does not answer at all holds the thread inside its module, and nothing but
    /// a new process frees it.
    static final Duration LONGEST_SIGNING_TURN = Duration.ofMinutes(2);

    /// After this the status LED shows a fault of the key.
    static final Duration PATIENT_SIGNING_TURN = Duration.ofSeconds(10);

    private HangDetection() {}

    /// What hangs, in words; empty when all that counts and signs moves.
    ///
    /// @param capturing since when the capture thread, its commit included, has not moved
    /// @param signing for how long the signer's present turn has been going on
    static Optional<String> hangs(Duration capturing, Duration signing) {
        if (capturing.compareTo(LONGEST_CAPTURE_TURN) > 0) {
            return Optional.of(
                    "capture has not moved for %d s; input or disk does not answer"
                            .formatted(capturing.toSeconds()));
        }
        return signing.compareTo(LONGEST_SIGNING_TURN) > 0
                ? Optional.of(
                        "the signer has been waiting for its token for %d s"
                                .formatted(signing.toSeconds()))
                : Optional.empty();
    }
}

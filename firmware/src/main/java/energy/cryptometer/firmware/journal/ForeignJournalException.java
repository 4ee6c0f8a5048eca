package energy.cryptometer.firmware.journal;

import java.nio.file.Path;

/// The journal is sound but belongs to another community, meter or source. The message is one line
/// and says what to do.
public final class ForeignJournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignJournalException(Path file, String what, String theirs, String ours) {
        super(
                "journal %s belongs to %s %s, this meter's is %s; give another path"
                        .formatted(file, what, theirs, ours));
    }
}

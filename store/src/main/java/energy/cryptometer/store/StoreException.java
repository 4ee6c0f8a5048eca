package energy.cryptometer.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The disk or the file failed us. The message is one line: which file, why, and what to do next.
///
/// Wrong SQL and wrong calls are bugs and come as [IllegalStateException] or
/// [IllegalArgumentException] instead.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What kind of failure it was, so that the owner can choose what to do.
    public enum Reason {
        /// Another program owns the store, or kept it busy for longer than the busy timeout.
        LOCKED,
        /// The file or its directory may not be written.
        READ_ONLY,
        /// No space left. The transaction was undone; the store works again once there is space.
        FULL,
        /// The file is damaged or no SQLite file at all: quarantine it, start anew, salvage.
        CORRUPT,
        /// The disk reported an error. The transaction counts as failed; the next call opens anew.
        IO,
        /// Written by a newer version of the program.
        NEWER_SCHEMA,
        /// Written by an older version of the program, and opened only for reading.
        OLDER_SCHEMA,
        /// A sound SQLite file of another program or another owner. Never quarantine this one.
        FOREIGN,
        /// A row breaks a unique, foreign-key or check constraint. The transaction was undone.
        CONSTRAINT
    }

    private final Reason reason;
    private final String file;

    StoreException(Reason reason, Path file, String why, @Nullable Throwable cause) {
        super("store " + file + ": " + why.replaceAll("\\s+", " "), cause);
        this.reason = reason;
        this.file = file.toString();
    }

    /// A sound store of ours with the content of somebody else, which only its program can know.
    ///
    /// @param why whose it is, and whose it should be
    public static StoreException foreign(Path file, String why) {
        return new StoreException(Reason.FOREIGN, file, why, null);
    }

    boolean isAbout(Path other) {
        return file.equals(other.toString());
    }

    /// The kind of failure.
    public Reason reason() {
        return reason;
    }
}

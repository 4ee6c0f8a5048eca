package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Turns SQLite's result codes (sqlite.org/rescode.html) into the one exception of this module.
record SqlErrors(Path file) {

    /// The exception to throw for what SQLite said.
    RuntimeException of(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode()
                        : SQLiteErrorCode.SQLITE_ERROR;
        return switch (code.code & 0xff) {
            case 5, 6, 15 -> // BUSY, LOCKED, PROTOCOL
                    failed(
                            Reason.LOCKED,
                            code + ": it stayed busy; let the other program finish, then try again",
                            e);
            case 3, 8, 23 -> // PERM, READONLY, AUTH
                    readOnly(code.toString(), e);
            case 14 -> // CANTOPEN
                    readOnly(code + ": the file or its -wal and -shm cannot be opened", e);
            case 13 -> full(code.toString(), e);
            case 11, 26 -> // CORRUPT, NOTADB
                    corrupt(code + ": " + e.getMessage(), e);
            case 10, 7 -> // IOERR, NOMEM
                    failed(
                            Reason.IO,
                            code
                                    + ": the disk reported an error and the change counts as"
                                    + " failed; check the disk and the kernel log",
                            e);
            case 19, 18 -> // CONSTRAINT, TOOBIG
                    failed(
                            Reason.CONSTRAINT,
                            e.getMessage() + "; the change was undone, correct the row",
                            e);
            default ->
                    new IllegalStateException(
                            "store " + file + ": SQL is wrong: " + e.getMessage(), e);
        };
    }

    /// The exception to throw for what the file system said.
    StoreException of(IOException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("No space left")) {
            return full(said, e);
        }
        if (e instanceof AccessDeniedException || said.contains("Read-only file system")) {
            return readOnly(said, e);
        }
        if (e instanceof NoSuchFileException) {
            return failed(Reason.IO, "no such directory or file: " + said + "; create it", e);
        }
        return failed(Reason.IO, said + "; check the disk and the kernel log", e);
    }

    StoreException corrupt(String what, Throwable cause) {
        return failed(
                Reason.CORRUPT,
                "damaged or not a SQLite file ("
                        + what
                        + "); set it aside, start a new one,"
                        + " salvage the rest",
                cause);
    }

    private StoreException full(String what, Throwable cause) {
        return failed(
                Reason.FULL,
                "no space left (" + what + "); the change was undone, free some space",
                cause);
    }

    private StoreException readOnly(String what, Throwable cause) {
        return failed(
                Reason.READ_ONLY,
                "not writable ("
                        + what
                        + "); give this user the directory, or remount it"
                        + " read-write",
                cause);
    }

    StoreException failed(Reason reason, String why, Throwable cause) {
        return new StoreException(reason, file, why, cause);
    }

    StoreException refused(Reason reason, String why) {
        return new StoreException(reason, file, why, null);
    }
}

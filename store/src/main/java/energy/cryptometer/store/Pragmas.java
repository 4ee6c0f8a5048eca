package energy.cryptometer.store;

import java.util.LinkedHashMap;
import java.util.Map;

/// The settings a store runs with. Each is set and then read back: SQLite ignores what it does not
/// know or cannot do without a word.
final class Pragmas {
    static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /// The write-ahead log is copied into the file once it holds this much.
    private static final int WAL_BYTES = 4 << 20;

    private Pragmas() {}

    /// Makes a connection durable, or refuses it.
    static void apply(SqliteConnection connection, boolean readOnly) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        if (!readOnly) {
            wanted.put("journal_mode", "wal");
            wanted.put("synchronous", "1"); // NORMAL: LogSync does the rest
            wanted.put("wal_autocheckpoint", Long.toString(WAL_BYTES / pageSize(connection)));
            wanted.put("journal_size_limit", Integer.toString(2 * WAL_BYTES));
        }
        wanted.put("foreign_keys", "1");
        wanted.put("trusted_schema", "0");
        wanted.put("cell_size_check", "1");
        wanted.put("temp_store", "2"); // MEMORY: no temporary files on the card
        wanted.forEach((name, value) -> set(connection, name, value));
    }

    /// Sets one pragma and reads it back.
    static void set(SqliteConnection connection, String name, String value) {
        connection.pragma(name + " = " + value);
        String actual = connection.pragma(name).orElse("nothing");
        if (!actual.equals(value)) {
            throw new IllegalStateException(
                    "SQLite refuses PRAGMA " + name + " = " + value + ": it says " + actual);
        }
    }

    /// One pragma as a number.
    static long number(SqliteConnection connection, String name) {
        return Long.parseLong(connection.pragma(name).orElse("0"));
    }

    private static long pageSize(SqliteConnection connection) {
        return number(connection, "page_size");
    }
}

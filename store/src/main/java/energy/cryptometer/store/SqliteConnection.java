package energy.cryptometer.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// One connection to SQLite with its prepared statements. Used by one thread at a time.
final class SqliteConnection implements AutoCloseable {
    private static final int MAX_PREPARED = 64;

    private final Connection connection;
    private final SqlErrors errors;
    private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

    private SqliteConnection(Connection connection, SqlErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    /// Opens the file; SQLite itself reads nothing yet.
    static SqliteConnection open(Path file, boolean readOnly, SqlErrors errors) {
        String name = file.toAbsolutePath().toString();
        if (name.indexOf('?') >= 0) {
            throw new IllegalArgumentException("a store's path must not hold '?': " + name);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(Pragmas.BUSY_TIMEOUT_MILLIS);
        config.setGetGeneratedKeys(false); // else the driver asks for the row id after each insert
        try {
            Connection connection =
                    JDBC.createConnection(JDBC.PREFIX + name, config.toProperties());
            return new SqliteConnection(connection, errors);
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    SqlErrors errors() {
        return errors;
    }

    /// A statement of our own while it runs: taken out of the idle ones or prepared.
    SqlStatement statement(String sql) {
        try {
            PreparedStatement prepared = idle.remove(sql);
            if (prepared == null) {
                prepared = connection.prepareStatement(sql);
            }
            return new SqlStatement(this, sql, prepared);
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    void giveBack(String sql, PreparedStatement prepared) {
        try {
            prepared.clearParameters();
        } catch (SQLException e) {
            discard(prepared);
            throw errors.of(e);
        }
        PreparedStatement twin = idle.put(sql, prepared);
        if (twin != null) {
            discard(twin);
        }
        if (idle.size() > MAX_PREPARED) {
            Map.Entry<String, PreparedStatement> eldest = idle.pollFirstEntry();
            if (eldest != null) {
                discard(eldest.getValue());
            }
        }
    }

    void discard(PreparedStatement prepared) {
        try {
            prepared.close();
        } catch (SQLException e) {
            System.getLogger(SqliteConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "statement not closed: " + e.getMessage());
        }
    }

    /// Runs one or more statements separated by semicolons.
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /// Runs a pragma and gives the first column of its first row, if it answers at all.
    Optional<String> pragma(String pragma) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute("PRAGMA " + pragma)) {
                return Optional.empty();
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /// Undoes the open transaction, if SQLite has not done so by itself.
    void rollback() {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException e) {
            System.getLogger(SqliteConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "already rolled back: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        idle.values().forEach(this::discard);
        idle.clear();
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(SqliteConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "connection not closed: " + e.getMessage());
        }
    }
}

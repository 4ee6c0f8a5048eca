package energy.cryptometer.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One statement, bound from left to right and then run once by one of the last five methods.
public final class SqlStatement {
    private final SqliteConnection connection;
    private final String sql;
    private final PreparedStatement prepared;
    private int bound;
    private boolean done;

    SqlStatement(SqliteConnection connection, String sql, PreparedStatement prepared) {
        this.connection = connection;
        this.sql = sql;
        this.prepared = prepared;
    }

    /// Binds the next `?` to an integer.
    public SqlStatement bind(long value) {
        try {
            prepared.setLong(++bound, value);
            return this;
        } catch (SQLException e) {
            throw connection.errors().of(e);
        }
    }

    /// Binds the next `?` to bytes; an empty array stays an empty blob.
    public SqlStatement bind(byte[] value) {
        try {
            prepared.setBytes(++bound, value);
            return this;
        } catch (SQLException e) {
            throw connection.errors().of(e);
        }
    }

    /// Binds the next `?` to text.
    public SqlStatement bind(String value) {
        try {
            prepared.setString(++bound, value);
            return this;
        } catch (SQLException e) {
            throw connection.errors().of(e);
        }
    }

    /// Binds the next `?` to NULL.
    public SqlStatement bindNull() {
        try {
            prepared.setObject(++bound, null);
            return this;
        } catch (SQLException e) {
            throw connection.errors().of(e);
        }
    }

    /// Runs a statement that changes rows and says how many it changed. With `ON CONFLICT DO
    /// NOTHING`, 0 says that the row was already there.
    public int run() {
        claim();
        try {
            int changed = prepared.executeUpdate();
            connection.giveBack(sql, prepared);
            return changed;
        } catch (SQLException e) {
            connection.discard(prepared);
            throw connection.errors().of(e);
        }
    }

    /// Hands every row to `reader`, one at a time, so that a long result never fills the memory.
    public void each(Consumer<Row> reader) {
        rows(Long.MAX_VALUE, reader);
    }

    /// All rows as values. The whole result is held in memory: bound it with LIMIT. The row moves
    /// on after each call, so keep values, never the row.
    public <T> List<T> list(Function<Row, T> mapper) {
        List<T> values = new ArrayList<>();
        rows(Long.MAX_VALUE, row -> values.add(mapper.apply(row)));
        return List.copyOf(values);
    }

    /// The first row as a value, if there is one.
    public <T> Optional<T> first(Function<Row, T> mapper) {
        List<T> values = new ArrayList<>(1);
        rows(1, row -> values.add(mapper.apply(row)));
        return values.stream().findFirst();
    }

    /// The first column of the only row of a query that always answers, such as `count(*)`.
    public long number() {
        return first(row -> row.number(1))
                .orElseThrow(() -> new IllegalStateException("no row from: " + sql));
    }

    private void rows(long most, Consumer<Row> reader) {
        claim();
        try (ResultSet result = prepared.executeQuery()) {
            Row row = new Row(result, connection.errors());
            for (long n = 0; n < most && result.next(); n++) {
                reader.accept(row);
            }
        } catch (SQLException e) {
            connection.discard(prepared);
            throw connection.errors().of(e);
        } catch (RuntimeException e) {
            connection.discard(prepared);
            throw e;
        }
        connection.giveBack(sql, prepared);
    }

    private void claim() {
        if (done) {
            throw new IllegalStateException("this statement has run already: " + sql);
        }
        done = true;
        try {
            int wanted = prepared.getParameterMetaData().getParameterCount();
            if (bound != wanted) {
                throw new IllegalStateException(
                        "bound " + bound + " of " + wanted + " values: " + sql);
            }
        } catch (SQLException e) {
            throw connection.errors().of(e);
        }
    }
}

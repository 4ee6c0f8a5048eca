package energy.cryptometer.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/// The current row of a result. Columns count from 1, in the order of the SELECT.
public final class Row {
    private final ResultSet result;
    private final SqlErrors errors;

    Row(ResultSet result, SqlErrors errors) {
        this.result = result;
        this.errors = errors;
    }

    /// The integer in a column that is never NULL.
    public long number(int column) {
        try {
            long value = result.getLong(column);
            if (result.wasNull()) {
                throw isNullAt(column);
            }
            return value;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /// The bytes in a column that is never NULL. The array is the caller's own.
    public byte[] bytes(int column) {
        try {
            byte[] value = result.getBytes(column);
            if (value == null) {
                throw isNullAt(column);
            }
            return value;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /// The text in a column that is never NULL.
    public String text(int column) {
        try {
            String value = result.getString(column);
            if (value == null) {
                throw isNullAt(column);
            }
            return value;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /// Whether the column holds NULL: ask first where it may.
    public boolean isNull(int column) {
        try {
            return result.getObject(column) == null;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    private static IllegalStateException isNullAt(int column) {
        return new IllegalStateException("column " + column + " is NULL; ask isNull first");
    }
}

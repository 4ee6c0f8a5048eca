package energy.cryptometer.store;

/// Makes a value of one row of a result.
@FunctionalInterface
public interface RowMapper<T> {
    /// Reads what it needs; the row moves on afterwards, so keep values, never the row.
    T map(Row row);
}

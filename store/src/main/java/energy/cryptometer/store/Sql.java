package energy.cryptometer.store;

/// One open transaction. It ends with the work it was handed to and refuses to be used later.
public final class Sql {
    private final SqliteConnection connection;
    private boolean open = true;

    Sql(SqliteConnection connection) {
        this.connection = connection;
    }

    /// A statement with `?` for each value; bind them in order, then run it once.
    public SqlStatement statement(String sql) {
        if (!open) {
            throw new IllegalStateException("the transaction has ended: " + sql);
        }
        return connection.statement(sql);
    }

    void end() {
        open = false;
    }
}

package energy.cryptometer.store;

/// What is done with a store inside one transaction.
@FunctionalInterface
public interface SqlWork<T> {
    /// Runs inside the transaction. Any exception undoes all of it. `sql` dies with the call.
    T run(Sql sql);
}

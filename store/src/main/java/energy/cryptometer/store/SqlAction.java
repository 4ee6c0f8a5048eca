package energy.cryptometer.store;

/// What is done with a store inside one transaction, when nothing comes back.
@FunctionalInterface
public interface SqlAction {
    /// Runs inside the transaction. Any exception undoes all of it. `sql` dies with the call.
    void run(Sql sql);
}

package energy.cryptometer.firmware.journal;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.store.Database;
import java.nio.file.Path;

/// A look at a journal whose program may be running: for a status line. Changes nothing and needs
/// no key.
public final class JournalView implements AutoCloseable {
    private final Database database;
    private final CursorRow.Owner owner;

    private JournalView(Database database, CursorRow.Owner owner) {
        this.database = database;
        this.owner = owner;
    }

    static JournalView open(Path file) {
        Database database = Database.openReadOnly(file, JournalSchema.MIGRATIONS);
        try {
            CursorRow.Owner owner =
                    database.read(CursorRow.Owner::find)
                            .orElseThrow(() ->
                                    new CommandFailure(
                                            ExitCode.TEMPORARY,
                                            "journal %s is empty; start the meter once"
                                                    .formatted(file)));
            return new JournalView(database, owner);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Community community() {
        return new Community(owner.community());
    }

    public AccountId account() {
        return new AccountId(owner.account());
    }

    /// Fingerprint of where the pulses come from.
    public String source() {
        return owner.source();
    }

    /// How often the program has started.
    public long starts() {
        return database.read(CursorRow::starts);
    }

    public JournalCounts counts() {
        return database.read(CursorRow::counts);
    }

    public JournalCursors cursors() {
        return database.read(CursorRow::read);
    }

    @Override
    public void close() {
        database.close();
    }
}

package energy.cryptometer.store;

import energy.cryptometer.store.StoreException.Reason;
import java.util.List;

/// What happens to a file before it counts as our store: whose it is, whether it is sound, and
/// whether its schema is the one this program knows.
record Opening(Migrations migrations, SqlErrors errors) {

    /// Makes a fresh or existing file ready for its owner.
    void prepare(SqliteConnection connection) {
        long version = identify(connection, true);
        Pragmas.apply(connection, false);
        quickCheck(connection);
        for (int next = (int) version + 1; next <= migrations.version(); next++) {
            migrate(connection, next);
        }
    }

    /// Checks a file that another program may be writing to right now.
    void look(SqliteConnection connection) {
        long version = identify(connection, false);
        Pragmas.apply(connection, true);
        if (version < migrations.version()) {
            throw errors.refused(
                    Reason.OLDER_SCHEMA,
                    versions(version) + "; start its program once, that brings it up to date");
        }
    }

    private long identify(SqliteConnection connection, boolean owner) {
        long id = Pragmas.number(connection, "application_id");
        long version = Pragmas.number(connection, "user_version");
        if (id == 0 && version == 0 && owner && isEmpty(connection)) {
            Pragmas.set(connection, "page_size", Integer.toString(migrations.pageSize()));
            Pragmas.set(connection, "application_id", Integer.toString(migrations.applicationId()));
            return 0;
        }
        if (id == 0 && version == 0 && isEmpty(connection)) {
            throw errors.refused(
                    Reason.LOCKED, "is empty: its program is just making it; look again");
        }
        if (id != migrations.applicationId()) {
            throw errors.refused(
                    Reason.FOREIGN,
                    "belongs to another program (application id "
                            + id
                            + ", ours is "
                            + migrations.applicationId()
                            + "); give another path");
        }
        if (version > migrations.version()) {
            throw errors.refused(
                    Reason.NEWER_SCHEMA,
                    versions(version) + "; install the newer version again, or give another path");
        }
        return version;
    }

    private String versions(long version) {
        return "its schema is version " + version + ", this program knows " + migrations.version();
    }

    private static boolean isEmpty(SqliteConnection connection) {
        return connection.statement("SELECT count(*) FROM sqlite_schema").number() == 0;
    }

    private void quickCheck(SqliteConnection connection) {
        String verdict = connection.pragma("quick_check(1)").orElse("no answer");
        if (!verdict.equals("ok")) {
            throw errors.corrupt(verdict, new IllegalStateException(verdict));
        }
    }

    private void migrate(SqliteConnection connection, int version) {
        connection.execute("BEGIN IMMEDIATE");
        try {
            connection.execute(migrations.scripts().get(version - 1));
            refuseLooseTables(connection, version);
            connection.execute("PRAGMA user_version = " + version);
            connection.execute("COMMIT");
        } catch (RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private static void refuseLooseTables(SqliteConnection connection, int version) {
        List<String> loose =
                connection
                        .statement(
                                "SELECT name FROM pragma_table_list WHERE schema = 'main'"
                                        + " AND type = 'table' AND strict = 0"
                                        + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
                        .list(row -> row.text(1));
        if (!loose.isEmpty()) {
            throw new IllegalStateException(
                    "migration " + version + ": write STRICT behind these tables: " + loose);
        }
    }
}

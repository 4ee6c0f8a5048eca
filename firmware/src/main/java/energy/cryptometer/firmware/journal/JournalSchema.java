package energy.cryptometer.firmware.journal;

import energy.cryptometer.store.Migrations;

/// The journal's tables.
final class JournalSchema {
    private static final int APPLICATION_ID = 0x434d4a31; // CMJ1

    /// Rows are small and come one by one: small pages wear a flash card least.
    private static final int PAGE_BYTES = 1024;

    static final Migrations MIGRATIONS =
            Migrations.of(
                            APPLICATION_ID,
                            JournalSchema.class,
                            "001-start.sql",
                            "002-edges.sql",
                            "003-reference.sql",
                            "004-drift.sql")
                    .withPageSize(PAGE_BYTES);

    private JournalSchema() {}
}

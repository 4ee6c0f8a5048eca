package energy.cryptometer.store;

import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// A little program's store for the tests: numbered rows whose payload follows from the number.
final class Journal {
    static final int APPLICATION_ID = 0x54455354; // TEST
    static final Migrations ALL =
            Migrations.of(APPLICATION_ID, Journal.class, "001-start.sql", "002-photo.sql")
                    .withPageSize(1024);
    static final Migrations FIRST_ONLY =
            Migrations.of(APPLICATION_ID, Journal.class, "001-start.sql");
    static final Salvage.Table PULSES =
            new Salvage.Table(
                    "pulse",
                    "sequence",
                    List.of("sequence", "payload"),
                    (row, fresh) -> {
                        if (!Arrays.equals(row.bytes(2), payload(row.number(1)))) {
                            throw new IllegalArgumentException("not what was written");
                        }
                        insert(fresh, row.number(1));
                    });

    private Journal() {}

    /// 300 bytes that are the same only for the same sequence number.
    static byte[] payload(long sequence) {
        CRC32 crc = new CRC32();
        byte[] bytes = new byte[300];
        for (int i = 0; i < bytes.length; i++) {
            crc.update((int) (sequence >>> (i % 8 * 8)));
            bytes[i] = (byte) crc.getValue();
        }
        return bytes;
    }

    static void insert(Sql sql, long sequence) {
        int changed =
                sql.statement("INSERT INTO pulse (sequence, payload, note) VALUES (?, ?, ?)")
                        .bind(sequence)
                        .bind(payload(sequence))
                        .bind("n" + sequence)
                        .run();
        if (changed != 1) {
            throw new IllegalStateException("changed " + changed + " rows");
        }
    }

    static void fill(Database database, long first, long last) {
        database.change(sql -> {
            for (long n = first; n <= last; n++) {
                insert(sql, n);
            }
        });
    }

    static long count(Database database) {
        return number(database, "SELECT count(*) FROM pulse");
    }

    static long number(Database database, String query) {
        return database.read(sql -> sql.statement(query).number());
    }

    static List<Long> sequences(Database database) {
        return database.read(sql ->
                sql.statement("SELECT sequence FROM pulse ORDER BY sequence")
                        .list(row -> row.number(1)));
    }
}

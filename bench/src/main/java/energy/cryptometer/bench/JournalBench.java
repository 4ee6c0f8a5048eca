package energy.cryptometer.bench;

import java.sql.SQLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One pulse made durable: a row of 100 bytes committed on its own, with write-ahead log and full
/// sync, by the store and by a bare loop over the same driver with the same settings.
@State(Scope.Benchmark)
public class JournalBench {
    private final byte[] row = new byte[100];
    private final TwoJournals journals = TwoJournals.open();

    /// Leaves nothing behind.
    @TearDown
    public void close() {
        journals.close();
    }

    /// Through the store.
    @Benchmark
    public int commit() {
        return journals.store().write(sql -> sql.statement(TwoJournals.INSERT).bind(row).run());
    }

    /// The bare loop.
    @Benchmark
    public int commitBare() throws SQLException {
        journals.insert().setBytes(1, row);
        return journals.insert().executeUpdate();
    }
}

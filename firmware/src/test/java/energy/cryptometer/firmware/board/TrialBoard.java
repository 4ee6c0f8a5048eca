package energy.cryptometer.firmware.board;

import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.config.TrialGenesis;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.ReopeningKey;
import energy.cryptometer.hal.clock.LinuxClock;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.timing.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// The folder of a board with meters of a community that has begun, and all that its program logs.
/// Nothing signs: the keys are not there. Nobody listens at the node's address.
public final class TrialBoard implements AutoCloseable {
    public final Genesis genesis;
    public final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("cryptometer");
    private final Path folder;
    private final Handler handler =
            new Handler() {
                private final SimpleFormatter words = new SimpleFormatter();

                @Override
                public void publish(LogRecord entry) {
                    log.add(entry.getLevel() + " " + words.formatMessage(entry));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    public TrialBoard(Path folder, String... serials) throws IOException {
        this.folder = folder;
        genesis = TrialGenesis.since(Instant.EPOCH, serials);
        Files.createDirectory(folder.resolve("meters"));
        Files.write(folder.resolve("genesis.cbor"), TrialGenesis.signed(genesis));
        Files.writeString(folder.resolve("board.toml"), "[metrics]\nfile = \"metrics.prom\"\n");
        Files.writeString(
                folder.resolve("power.csv"),
                "timestamp_end,power_w\n2026-06-21T10:05:00Z,9000\n2026-06-21T10:10:00Z,9000\n");
        logger.addHandler(handler);
    }

    /// A meter whose pulses come from measured power: 150 a second.
    public TrialBoard replaying(String serial) throws IOException {
        return meter(
                serial,
                """
                type = "profile"
                file = "../power.csv"
                column = "power_w"
                time_lapse = 60
                """);
    }

    /// A meter with that `[source]`.
    public TrialBoard meter(String serial, String source) throws IOException {
        Files.writeString(
                folder.resolve("meters").resolve(serial + ".toml"),
                """
                [meter]
                genesis = "../genesis.cbor"
                journal = "../%s.db"
                serial = "%s"
                [key]
                trial_key = "key.p12"
                pin_file = "pin"
                [forward]
                nodes = ["coap://127.0.0.1:1"]
                [source]
                %s
                """
                        .formatted(serial, serial, source));
        return this;
    }

    public Path journal(String serial) {
        return folder.resolve(serial + ".db");
    }

    public BoardConfig config() {
        return BoardConfig.read(folder);
    }

    /// What the running program last wrote for Prometheus.
    public String metrics() throws IOException {
        return Files.readString(folder.resolve("metrics.prom"));
    }

    public List<String> logged(String level, String part) {
        return log.stream().filter(line -> line.startsWith(level) && line.contains(part)).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }

    /// Opens a meter of this board; nobody takes its turns.
    Meter open(FirmwareConfig meter) {
        ReopeningKey key = ReopeningKey.of(meter.key(), meter.meter().orElseThrow().key());
        SourceConfig.Ready source = meter.source().prepare(meter.meter().orElseThrow());
        Journal journal =
                Journal.open(
                        meter.journal(),
                        JournalIdentity.of(genesis, key.publicKey(), source.fingerprint()),
                        LinuxClock.ofThisMachine().read());
        return new Meter(
                new Meter.Parts(meter, meter.meter().orElseThrow(), key, source, journal),
                SystemTime.CLOCKS,
                (_, _, _) -> () -> {});
    }
}

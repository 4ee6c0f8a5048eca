package energy.cryptometer.firmware.program;

import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.firmware.board.Board;
import energy.cryptometer.firmware.board.Meter;
import energy.cryptometer.firmware.board.MeterOpener;
import energy.cryptometer.firmware.config.BoardConfig;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.firmware.config.SourceConfig;
import energy.cryptometer.firmware.confirm.VerifiedHeaders;
import energy.cryptometer.firmware.journal.Journal;
import energy.cryptometer.firmware.journal.JournalIdentity;
import energy.cryptometer.firmware.sign.ReopeningKey;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pi4j.Pi4jBoard;
import energy.cryptometer.hal.systemd.Systemd;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.timing.SystemTime;
import energy.cryptometer.timing.Worker;
import energy.cryptometer.transport.CoapClient;
import energy.cryptometer.transport.CoapLimits;
import energy.cryptometer.transport.TransportSecurity;
import energy.cryptometer.transport.message.CoapNodeClient;
import energy.cryptometer.transport.message.NodeClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The wiring diagram of the program: clocks, sockets, journals, keys and threads of this machine,
/// put together to a board that runs.
final class BoardWiring implements MeterOpener {
    /// The longest a call to a node may take; a full message over a slow radio link fits.
    private static final Duration CALL = Duration.ofSeconds(10);

    private final BoardClock clock;
    private final CoapClient coap;

    private BoardWiring(BoardClock clock, CoapClient coap) {
        this.clock = clock;
        this.coap = coap;
    }

    /// Counts until told to stop, or until counting fails.
    static void run(BoardConfig config, BoardClock clock, Systemd supervisor, CountDownLatch told)
            throws InterruptedException {
        try (Pi4jBoard pi4j = Pi4jBoard.ofThisMachine();
                CoapClient coap =
                        new CoapClient(
                                TransportSecurity.plain(),
                                CoapLimits.USUAL.withTimeout(CALL),
                                SystemTime.CLOCKS);
                Board board =
                        Board.open(
                                config,
                                new Board.Hardware(clock, SystemTime.CLOCKS, supervisor, pi4j),
                                new BoardWiring(clock, coap))) {
            while (!told.await(board.take().toMillis(), TimeUnit.MILLISECONDS)) {}
        }
    }

    /// Opens the journal. Needs the key only where the configuration does not name the meter.
    @Override
    public Meter open(FirmwareConfig config) {
        Genesis genesis = config.genesis();
        KeySection section = config.key();
        MeterSetup.requireAllowed(section.kind(), genesis);
        ReopeningKey key =
                config.meter()
                        .map(named -> ReopeningKey.of(section, named.key()))
                        .orElseGet(() -> ReopeningKey.openedNow(section));
        try {
            MeterEntry entry =
                    config.meter()
                            .orElseGet(
                                    () -> MeterSetup.entry(genesis, AccountId.of(key.publicKey())));
            SourceConfig.Ready source = config.source().prepare(entry);
            JournalIdentity identity =
                    JournalIdentity.of(genesis, key.publicKey(), source.fingerprint());
            Journal journal = Journal.open(config.journal(), identity, clock.read());
            return new Meter(
                    new Meter.Parts(config, entry, key, source, journal),
                    SystemTime.CLOCKS,
                    (name, turn, patience) ->
                            new Worker(name, turn, Worker.Closing.INTERRUPTS, patience).start());
        } catch (RuntimeException e) {
            key.close();
            throw e;
        }
    }

    @Override
    public Meter.Nodes nodes(FirmwareConfig config, Instant now) {
        List<NodeClient> nodes =
                config.forward().nodes().stream()
                        .<NodeClient>map(address ->
                                new CoapNodeClient(coap, address, config.genesis().community()))
                        .toList();
        return new Meter.Nodes(
                nodes,
                VerifiedHeaders.open(config.journal(), config.genesis(), nodes, now),
                () -> coap.traffic().sentBytes() + coap.traffic().receivedBytes());
    }
}

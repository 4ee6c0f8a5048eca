package energy.cryptometer.firmware.status;

import energy.cryptometer.firmware.forward.ForwardTraffic;
import energy.cryptometer.firmware.sign.SigningQueue;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.firmware.status.RuntimeStatus.WireTotals;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pulse.SourceHealth;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Writes [RuntimeStatus] while the program runs. What earlier runs sent is added to what this one
/// sends. A status that cannot be written, on a full disk, stops nothing.
public final class StatusWriter {
    private static final System.Logger LOG = System.getLogger("cryptometer");

    /// The key, and what waits for it.
    public record Signing(Supplier<RuntimeStatus.Key> key, Supplier<SigningQueue> queue) {}

    private final Path file;
    private final Signing signing;
    private final BoardClock clock;
    private final ForwardTraffic wire;
    private final List<StageRunner> stages;
    private final WireTotals earlier;
    private boolean unwritable;

    public StatusWriter(
            Path file,
            Signing signing,
            BoardClock clock,
            ForwardTraffic wire,
            List<StageRunner> stages) {
        this.file = file;
        this.signing = signing;
        this.clock = clock;
        this.wire = wire;
        this.stages = stages;
        this.earlier = RuntimeStatus.read(file).map(RuntimeStatus::wire).orElse(WireTotals.NONE);
    }

    /// Writes how the meter is now and returns it.
    ///
    /// @param boardProblems what is wrong with the board, one line each
    public RuntimeStatus write(SourceHealth source, List<String> boardProblems) {
        RuntimeStatus status = status(source, boardProblems);
        try {
            status.write(file);
            unwritable = false;
        } catch (UncheckedIOException e) {
            if (!unwritable) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}; counting goes on, but ''status'' will take it for not running",
                        e.getMessage());
            }
            unwritable = true;
        }
        return status;
    }

    private RuntimeStatus status(SourceHealth source, List<String> boardProblems) {
        return new RuntimeStatus(
                clock.read(),
                ProcessHandle.current().pid(),
                signing.key().get(),
                new RuntimeStatus.Source(
                        source.line(),
                        source.condition() != SourceHealth.Condition.LOST,
                        source.counters()),
                RuntimeStatus.Queue.of(signing.queue().get()),
                earlier.plus(
                        new WireTotals(
                                wire.bytes(),
                                wire.pulses(),
                                wire.fullBatchBytes(),
                                wire.fullBatchPulses())),
                problems(source, boardProblems));
    }

    private List<String> problems(SourceHealth source, List<String> boardProblems) {
        List<String> problems = new ArrayList<>(boardProblems);
        if (source.condition() != SourceHealth.Condition.GOOD) {
            problems.add("source: " + source.line());
        }
        for (StageRunner stage : stages) {
            StageRunner.Health health = stage.health();
            health.failure().ifPresent(line -> problems.add(health.stage() + ": " + line));
        }
        return problems;
    }
}

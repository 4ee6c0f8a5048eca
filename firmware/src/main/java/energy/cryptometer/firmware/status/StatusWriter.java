package energy.cryptometer.firmware.status;

import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.firmware.forward.Wire;
import energy.cryptometer.firmware.stage.StageRunner;
import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.pulse.SourceHealth;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes [RuntimeStatus] while the program runs. What earlier runs sent is added to what this one
/// sends. A status that cannot be written, on a full disk, stops nothing.
public final class StatusWriter {
    private final Path journal;
    private final KeySigner key;
    private final BoardClock clock;
    private final Wire wire;
    private final List<StageRunner> stages;
    private final Optional<RuntimeStatus> earlier;

    public StatusWriter(
            Path journal, KeySigner key, BoardClock clock, Wire wire, List<StageRunner> stages) {
        this.journal = journal;
        this.key = key;
        this.clock = clock;
        this.wire = wire;
        this.stages = stages;
        this.earlier = RuntimeStatus.read(journal);
    }

    public void write(SourceHealth source) {
        try {
            status(source).write(journal);
        } catch (UncheckedIOException _) {
            // the journal's own failure is reported by the stage that writes it
        }
    }

    private RuntimeStatus status(SourceHealth source) {
        BoardClock.Reading now = clock.read();
        return new RuntimeStatus(
                now.wall(),
                ProcessHandle.current().pid(),
                key.kind().label(),
                key.description(),
                now.quality().name().toLowerCase(Locale.ROOT),
                source.line(),
                wire.bytes() + earlier.map(RuntimeStatus::wireBytes).orElse(0L),
                wire.pulses() + earlier.map(RuntimeStatus::wirePulses).orElse(0L),
                wire.fullBatchBytes() + earlier.map(RuntimeStatus::fullBatchBytes).orElse(0L),
                wire.fullBatchPulses() + earlier.map(RuntimeStatus::fullBatchPulses).orElse(0L),
                problems(source));
    }

    private List<String> problems(SourceHealth source) {
        List<String> problems = new ArrayList<>();
        if (source.condition() != SourceHealth.Condition.GOOD) {
            problems.add("source: " + source.line());
        }
        for (StageRunner stage : stages) {
            stage.health()
                    .failure()
                    .ifPresent(line -> problems.add(stage.health().stage() + ": " + line));
        }
        return problems;
    }
}

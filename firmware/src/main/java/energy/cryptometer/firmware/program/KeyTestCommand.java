package energy.cryptometer.firmware.program;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.firmware.config.FirmwareConfig;
import energy.cryptometer.hal.key.SigningKey;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.timing.SystemTime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cryptometer key test`.
@Command(
        name = "test",
        description = {
            "Measures how fast the key signs, and says which power it sustains at this meter's constant.",
            "It signs digests that are no transactions, verifies each signature and changes nothing. A"
                    + " meter that runs at the same time shares the token, and both are slower.",
            ""
        },
        footer = {
            "",
            "The sunny day is half a sine over 10 hours with the rated power at noon, minute by minute.",
            "",
            "--json prints one object:",
            "  schema                1",
            "  key, kind             what the key is called, and 'token' or 'trial: software key'",
            "  signatures            how many were made, each verified",
            "  p50Micros, p95Micros, p99Micros, longestMicros    time of one signature in microseconds",
            "  signaturesPerSecond   decimal",
            "  constant              pulses per kilowatt-hour",
            "  ratedPowerWatts       as the genesis has it",
            "  sustainedWatts        at one transaction per pulse",
            "  enough                whether that reaches the rated power",
            "  sunnyDay              a list: at one pulse per transaction and, where the genesis allows",
            "                        more, at that many; each {maxPulses, pulses, largestBacklog,",
            "                        left, drainedMinutes}; drainedMinutes counts from sunrise and is",
            "                        null where pulses are left at the next one",
            "",
            "Examples:",
            "  cryptometer key test --config cryptometer.toml",
            "  cryptometer key test --config cryptometer.toml --signatures 200 --json"
        })
final class KeyTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The meter's configuration.")
    private Path config = Path.of("");

    @Option(
            names = "--signatures",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many signatures, 1 to " + TestSignatures.MOST + "; 50 if left away.")
    private int signatures;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    KeyTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (signatures < 1 || signatures > TestSignatures.MOST) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--signatures %d is outside 1 to %d"
                            .formatted(signatures, TestSignatures.MOST));
        }
        FirmwareConfig configuration = FirmwareConfig.read(config);
        try (SigningKey key = configuration.key().open()) {
            var account = AccountId.of(new KeySigner(key).publicKey());
            MeterEntry meter = MeterSetup.entry(configuration.genesis(), account);
            int maxPulses = configuration.genesis().policy().maxPulsesPerTransaction();
            var report = new KeyTestReport(key.description(), key.kind(), measured(key), meter);
            terminal.out().print(json ? report.json(maxPulses) + "\n" : report.text(maxPulses));
            terminal.out().flush();
        }
        return ExitCode.OK.code();
    }

    private TokenPace measured(SigningKey key) {
        try (var progress = new Progress(terminal, "Signing", signatures)) {
            progress.reached(0);
            return TestSignatures.sign(key, signatures, SystemTime.CLOCKS, progress::reached);
        }
    }
}

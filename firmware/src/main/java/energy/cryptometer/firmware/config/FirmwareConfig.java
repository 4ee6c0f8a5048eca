package energy.cryptometer.firmware.config;

import energy.cryptometer.command.configuration.Configuration;
import energy.cryptometer.command.configuration.Section;
import energy.cryptometer.command.key.KeySection;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.community.MeterEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a meter is told, and the genesis it names:
///
/// ```toml
/// [meter]
/// genesis = "genesis.cbor"       # signed by the community's authority
/// journal = "journal.db"
/// serial = "12345678"            # on the meter's plate: with it, counting needs no key to start
///
/// [source]                       # see SourceConfig
/// type = "modbus"
///
/// [key]                          # see KeySection
/// pkcs11 = "pkcs11:token=meter;object=meter-key?module-name=softhsm2"
/// pin_credential = "meter-pin"
///
/// [forward]
/// nodes = ["coap://[::1]:5683"]  # 1 to 8
/// batch = 200                    # transactions in one message, 1 to 500
///
/// [sign]
/// max_pulses_per_transaction = 1 # more only as far as the genesis allows
/// await_synchronised_seconds = 0 # after a boot; 120 on a board without a battery clock
///
/// [keep]
/// proven_days = 7                # 0 to 3650
/// ```
///
/// @param meter the meter's entry in the genesis, where its serial number is given
/// @param awaitSynchronised how long a pulse of an unsynchronised clock waits to be signed
/// @param keepProven how long proven transactions stay in the journal
public record FirmwareConfig(
        Genesis genesis,
        Optional<MeterEntry> meter,
        Path journal,
        SourceConfig source,
        KeySection key,
        ForwardConfig forward,
        int maxPulsesPerTransaction,
        Duration awaitSynchronised,
        Duration keepProven) {
    private static final int DAYS_KEPT = 7;
    private static final int MOST_DAYS_KEPT = 3650;
    private static final int MOST_PULSES = 1000;
    private static final int MOST_NAMED = 8;
    private static final int MOST_PATIENCE = 3600;

    /// Reads a configuration and its genesis.
    ///
    /// @throws energy.cryptometer.command.CommandFailure CONFIG with every problem, one a line
    public static FirmwareConfig read(Path file) {
        Configuration configuration = Configuration.read(file);
        Section meter = configuration.section("meter");
        Optional<Genesis> genesis = genesis(meter);
        Path journal = meter.path("journal");
        Optional<MeterEntry> entry = entry(meter, genesis);
        var source =
                SourceReader.read(
                        configuration.section("source"),
                        configuration.optionalSection("reference_register"));
        KeySection key = KeySection.read(configuration.section("key"));
        var forward = ForwardConfig.read(configuration.section("forward"));
        Optional<Section> sign = configuration.optionalSection("sign");
        int maxPulses = sign.map(s -> maxPulses(s, genesis)).orElse(1);
        long patience =
                sign.map(s -> s.integer("await_synchronised_seconds", 0, MOST_PATIENCE, 0))
                        .orElse(0L);
        long days =
                configuration
                        .optionalSection("keep")
                        .map(keep -> keep.integer("proven_days", 0, MOST_DAYS_KEPT, DAYS_KEPT))
                        .orElse((long) DAYS_KEPT);
        configuration.orFail();
        return new FirmwareConfig(
                genesis.orElseThrow(),
                entry,
                journal,
                source.get(),
                key,
                forward.get(),
                maxPulses,
                Duration.ofSeconds(patience),
                Duration.ofDays(days));
    }

    private static Optional<Genesis> genesis(Section meter) {
        Path file = meter.path("genesis");
        if (!meter.isSound("genesis")) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(GenesisCodec.decode(in.readNBytes(GenesisCodec.MAX_BYTES + 1)));
        } catch (MalformedException malformed) {
            meter.refuse(
                    "genesis",
                    "names %s, which is refused: %s".formatted(file, malformed.getMessage()));
        } catch (IOException unreadable) {
            meter.refuse(
                    "genesis",
                    "names %s, which %s: copy it from the community's folder"
                            .formatted(
                                    file,
                                    unreadable instanceof NoSuchFileException
                                            ? "does not exist"
                                            : "cannot be read"));
        }
        return Optional.empty();
    }

    private static Optional<MeterEntry> entry(Section meter, Optional<Genesis> genesis) {
        Optional<String> serial = meter.optionalText("serial");
        if (serial.isEmpty() || genesis.isEmpty()) {
            return Optional.empty();
        }
        List<MeterEntry> named =
                genesis.get().meters().stream()
                        .filter(entry -> entry.serial().equals(serial.get()))
                        .toList();
        if (named.size() != 1) {
            meter.refuse(
                    "serial",
                    "is '%s', which %s of the community's meters has: they are %s"
                            .formatted(
                                    serial.get(),
                                    named.isEmpty() ? "none" : "more than one",
                                    genesis.get().meters().stream()
                                            .map(MeterEntry::serial)
                                            .limit(MOST_NAMED)
                                            .collect(Collectors.joining(", "))));
        }
        return named.stream().findFirst();
    }

    private static int maxPulses(Section sign, Optional<Genesis> genesis) {
        String key = "max_pulses_per_transaction";
        int wanted = (int) sign.integer(key, 1, MOST_PULSES, 1);
        int allowed = genesis.map(g -> g.policy().maxPulsesPerTransaction()).orElse(MOST_PULSES);
        if (wanted > allowed) {
            sign.refuse(
                    key,
                    "is %d, the community's genesis allows 1 to %d".formatted(wanted, allowed));
        }
        return wanted;
    }
}

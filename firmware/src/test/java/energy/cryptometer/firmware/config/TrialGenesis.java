package energy.cryptometer.firmware.config;

import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.community.SelectionRule;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A community of one node, one participant and any meters; its keys come from words.
public final class TrialGenesis {
    private TrialGenesis() {}

    static Genesis of(String... serials) {
        return since(Instant.parse("2026-11-22T00:00:00Z"), serials);
    }

    /// The same, begun at another time.
    ///
    /// @param origin when its first step begins
    public static Genesis since(Instant origin, String... serials) {
        return new Genesis(
                "A small community",
                new StepSchedule(
                        origin,
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(25)),
                new Genesis.Policy(5, false),
                new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, 300, 500, 200),
                signer("authority").publicKey(),
                signer("plant").publicKey(),
                Stream.of(serials).map(TrialGenesis::meter).toList(),
                List.of(new ParticipantEntry(signer("participant").publicKey(), 1_000_000)),
                new NodeSet(
                        List.of(
                                new NodeEntry(
                                        signer("node").publicKey(),
                                        VrfSecretKey.of(secret("vrf")).publicKey()))));
    }

    public static byte[] signed(Genesis genesis) {
        return GenesisCodec.sign(genesis, signer("authority"));
    }

    private static MeterEntry meter(String serial) {
        return new MeterEntry(
                signer("meter " + serial).publicKey(),
                serial,
                MidClass.B,
                new PulseConstant(1000),
                10_000);
    }

    static byte[] secret(String word) {
        return Hash.sha256(word.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    public static Signer signer(String word) {
        return Es256.signer(secret(word));
    }
}

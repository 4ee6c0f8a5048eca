package energy.cryptometer.bench.path;

import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.community.SelectionRule;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.SoftwareSigner;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// A community whose keys come from words, so that each process can make it for itself: four
/// meters, twenty participants, one node, steps of 15 minutes.
final class TrialCommunity {
    static final Instant ORIGIN = Instant.parse("2026-11-22T00:00:00Z");
    static final int METERS = 4;
    static final PulseConstant CONSTANT = new PulseConstant(1000);

    private static final int PARTICIPANTS = 20;

    final SoftwareSigner authority = signer("authority");
    final SoftwareSigner plant = signer("plant");
    final SoftwareSigner node = signer("node");
    final VrfSecretKey lottery = VrfSecretKey.of(secret("lottery"));
    final List<SoftwareSigner> meters =
            IntStream.range(0, METERS).mapToObj(number -> signer("meter " + number)).toList();
    final Genesis genesis =
            new Genesis(
                    "Bench",
                    new StepSchedule(
                            ORIGIN,
                            Duration.ofMinutes(15),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(25)),
                    new Genesis.Policy(1, false),
                    new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, 300, 500, 200),
                    authority.publicKey(),
                    plant.publicKey(),
                    IntStream.range(0, METERS).mapToObj(this::entry).toList(),
                    IntStream.range(0, PARTICIPANTS).mapToObj(this::participant).toList(),
                    new NodeSet(List.of(new NodeEntry(node.publicKey(), lottery.publicKey()))));

    private MeterEntry entry(int number) {
        return new MeterEntry(
                meters.get(number).publicKey(), "bench-" + number, MidClass.B, CONSTANT, 10_000);
    }

    private ParticipantEntry participant(int number) {
        return new ParticipantEntry(
                signer("participant " + number).publicKey(), ParticipantEntry.WHOLE / PARTICIPANTS);
    }

    private static SoftwareSigner signer(String word) {
        return Es256.signer(secret(word));
    }

    private static byte[] secret(String word) {
        return Hash.sha256(word.getBytes(StandardCharsets.UTF_8)).toBytes();
    }
}

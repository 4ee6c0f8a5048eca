package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Certificate;
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
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.unit.StepSchedule;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The community of the paper's Table 1: generators A and B, participants X and Y, one node. Every
/// key is derived from a word, so a test says the same thing every time.
public final class SmallCommunity {
    public static final Instant ORIGIN = Instant.parse("2026-11-22T00:00:00Z");

    public final Signer authority = signer("authority");
    public final Signer plant = signer("plant");
    public final Signer meterA = signer("A");
    public final Signer meterB = signer("B");
    public final Signer participantX = signer("X");
    public final Signer participantY = signer("Y");
    public final Signer node = signer("node");
    public final VrfSecretKey lottery = VrfSecretKey.of(secret("vrf"));
    public final Proposer proposer = new Proposer(0, lottery);
    public final Genesis genesis;

    public SmallCommunity() {
        this(1);
    }

    public SmallCommunity(int maxPulsesPerTransaction) {
        genesis =
                new Genesis(
                        "Table 1",
                        new StepSchedule(
                                ORIGIN,
                                Duration.ofMinutes(15),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(25)),
                        new Genesis.Policy(maxPulsesPerTransaction, false),
                        new ElectionTerms(SelectionRule.WEALTH_OVER_UNIFORM, 300, 500, 200),
                        authority.publicKey(),
                        plant.publicKey(),
                        List.of(meter(meterA, "A"), meter(meterB, "B")),
                        List.of(
                                new ParticipantEntry(participantX.publicKey(), 320_000),
                                new ParticipantEntry(participantY.publicKey(), 680_000)),
                        new NodeSet(List.of(new NodeEntry(node.publicKey(), lottery.publicKey()))));
    }

    private static MeterEntry meter(Signer signer, String serial) {
        return new MeterEntry(
                signer.publicKey(), serial, MidClass.B, new PulseConstant(1000), 10_000);
    }

    public static byte[] secret(String word) {
        return Hash.sha256(word.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    public static Signer signer(String word) {
        return Es256.signer(secret(word));
    }

    /// Proposes the next block with these transactions and approves it with the one node.
    public Block block(ChainState chain, List<SignedTransaction> transactions) {
        Outcome<Proposal> outcome = Proposal.build(chain, Round.FIRST, proposer, transactions);
        if (outcome instanceof Outcome.Accepted<Proposal>(Proposal proposal)) {
            return new Block(
                    proposal.header(),
                    Certificate.ofOne(node, proposal.header(), genesis.community()),
                    proposal.body());
        }
        throw new AssertionError(outcome);
    }
}

package energy.cryptometer.ledger;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.rule.Transition;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Consumption;
import energy.cryptometer.ledger.transaction.Evidence;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.Offer;
import energy.cryptometer.ledger.transaction.Registration;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What happens in the examples of `docs/spec`: meter A makes three pulses, meter B starts and
/// makes two, the plant divides their energy, and two empty blocks follow.
final class SpecStory {
    final SmallCommunity small = new SmallCommunity();
    final List<SignedTransaction> pulsesOfA;
    final List<SignedTransaction> allOfB;
    final List<Block> blocks = new ArrayList<>();
    final List<ChainState> chains = new ArrayList<>();
    final Map<TransactionType, Transaction> oneOfEach = new EnumMap<>(TransactionType.class);

    SpecStory() {
        Genesis genesis = small.genesis;
        Instant origin = SmallCommunity.ORIGIN;
        ScriptedMeter a = new ScriptedMeter(genesis, small.meterA);
        pulsesOfA = a.pulses(3, origin.plusSeconds(1), 730);
        SignedTransaction transferOfA = a.transfer();
        ScriptedMeter b = new ScriptedMeter(genesis, small.meterB);
        allOfB = new ArrayList<>();
        allOfB.add(
                b.sign(
                        new MeterEvent(
                                b.link(),
                                new Capture(origin, ClockQuality.INFORMATIVE),
                                MeterEventKind.BOOT,
                                new MeterEvent.Detail(1, 0, "cryptometer 0.1.0"))));
        allOfB.addAll(b.pulses(2, origin.plusSeconds(2), 1210));
        allOfB.add(b.transfer());

        List<SignedTransaction> first = new ArrayList<>(pulsesOfA);
        first.add(transferOfA);
        first.addAll(allOfB);
        chains.add(ChainState.of(genesis));
        Transition transition =
                new Transition(genesis, chains.getFirst().accounts(), new MarketStep(0));
        first.forEach(transition::applyToMeter);
        Transaction allocation = transition.dueAllocations().getFirst().at(ChainLink.first());
        first.add(SignedTransaction.sign(allocation, small.plant, genesis.community()));
        append(first);
        append(List.of());
        append(List.of());

        oneOfEach.put(TransactionType.GENERATION, pulsesOfA.getFirst().content());
        oneOfEach.put(TransactionType.TRANSFER, transferOfA.content());
        oneOfEach.put(TransactionType.ALLOCATION, allocation);
        oneOfEach.put(TransactionType.METER_EVENT, allOfB.getFirst().content());
        laterTypes();
    }

    private void append(List<SignedTransaction> transactions) {
        Block block = small.block(chains.getLast(), transactions);
        switch (new BlockRules(small.genesis).append(chains.getLast(), block)) {
            case Outcome.Accepted<ChainState>(ChainState next) -> chains.add(next);
            case Outcome.Refused<ChainState>(var refusal) -> throw new AssertionError(refusal);
        }
        blocks.add(block);
    }

    private void laterTypes() {
        ChainLink link = ChainLink.first();
        oneOfEach.put(TransactionType.OFFER, new Offer(link, new Height(7), 1_600));
        Signer replacement = SmallCommunity.signer("A2");
        MeterEntry entry =
                new MeterEntry(
                        replacement.publicKey(), "A2", MidClass.B, new PulseConstant(1000), 10_000);
        oneOfEach.put(
                TransactionType.REGISTRATION,
                new Registration(
                        link, List.of(entry), List.of(AccountId.of(small.meterA.publicKey()))));
        oneOfEach.put(
                TransactionType.CONSUMPTION,
                new Consumption(
                        link,
                        new MarketStep(0),
                        AccountId.of(small.participantX.publicKey()),
                        new Energy(2_500)));
        SignedTransaction other =
                new ScriptedMeter(small.genesis, small.meterA)
                        .pulse(SmallCommunity.ORIGIN.plusSeconds(9));
        oneOfEach.put(
                TransactionType.EVIDENCE,
                new Evidence(link, pulsesOfA.getFirst().encode(), other.encode()));
    }
}

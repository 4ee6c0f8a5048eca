package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.transaction.Capture;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.transaction.PulseStatus;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An honest meter that does what the test tells it.
public final class ScriptedMeter {
    private final Genesis genesis;
    private final Signer signer;
    private ChainLink link = ChainLink.first();
    private long count;
    private final List<PulseRange> pending = new ArrayList<>();

    public ScriptedMeter(Genesis genesis, Signer signer) {
        this.genesis = genesis;
        this.signer = signer;
    }

    public SignedTransaction pulse(Instant at) {
        Generation generation =
                new Generation(
                        link,
                        ++count,
                        1,
                        new Capture(at, ClockQuality.SYNCHRONISED),
                        PulseStatus.CONTACT);
        var step = genesis.schedule().stepAt(at);
        if (!pending.isEmpty() && pending.getLast().continuesWith(step, generation)) {
            pending.set(pending.size() - 1, pending.getLast().extendedBy(generation));
        } else {
            pending.add(PulseRange.of(step, generation));
        }
        return sign(generation);
    }

    public List<SignedTransaction> pulses(int number, Instant from, long everyMillis) {
        List<SignedTransaction> pulses = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            pulses.add(pulse(from.plusMillis(i * everyMillis)));
        }
        return pulses;
    }

    public SignedTransaction transfer() {
        PulseRange range = pending.removeFirst();
        PulseConstant constant =
                genesis.meter(AccountId.of(signer.publicKey())).orElseThrow().constant();
        return sign(new Transfer(link, range, genesis.plantAccount(), range.energy(constant)));
    }

    public ChainLink link() {
        return link;
    }

    public SignedTransaction sign(Transaction transaction) {
        SignedTransaction signed = SignedTransaction.sign(transaction, signer, genesis.community());
        link = signed.next();
        return signed;
    }
}

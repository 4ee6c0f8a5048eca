package energy.cryptometer.fullnode.mempool;

import energy.cryptometer.fullnode.chain.PendingRows;
import energy.cryptometer.fullnode.log.NodeLog;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.MarketStep;
import java.util.List;
import java.util.Optional;

/// After a start: what waits on the disk, checked like the day it arrived, because a byte may have
/// turned since. Time is no longer judged: it was, and nothing later counts against the sender.
record PendingReload(Genesis genesis, PendingRows rows, NodeLog log) {
    PendingChain of(PublicKey key, MeterAccount approved) {
        PendingChain waiting = PendingChain.none(approved);
        for (byte[] wire : rows.of(key.id())) {
            Outcome<PendingChain> more = plus(waiting, wire, key);
            switch (more) {
                case Outcome.Accepted<PendingChain>(PendingChain next) -> waiting = next;
                case Outcome.Refused<PendingChain>(Refusal refusal) -> {
                    log.line(
                            "damaged signer=%s from sequence=%d: %s; the meter will send it again"
                                    .formatted(key.id(), waiting.next().sequence(), refusal));
                    return waiting;
                }
            }
        }
        return waiting;
    }

    private Outcome<PendingChain> plus(PendingChain waiting, byte[] wire, PublicKey key) {
        List<SignedTransaction> fresh;
        try {
            long expected = waiting.next().sequence();
            fresh =
                    Batch.decode(wire, genesis.community()).transactions().stream()
                            .dropWhile(one -> one.content().sequence() < expected)
                            .toList();
        } catch (MalformedException malformed) {
            return Outcome.refused(
                    Refusal.Reason.BAD_SIGNATURE,
                    "stored batch: %s",
                    String.valueOf(malformed.getMessage()));
        }
        Optional<Refusal> bad = Signatures.check(fresh, key);
        return bad.isPresent()
                ? new Outcome.Refused<>(bad.get())
                : waiting.plus(fresh, new MarketStep(MarketStep.MAX_INDEX), genesis);
    }
}

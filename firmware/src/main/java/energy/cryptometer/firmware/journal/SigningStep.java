package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.transaction.Generation;
import energy.cryptometer.ledger.transaction.MeterEvent;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import energy.cryptometer.store.Sql;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Appends signed transactions, and holds every one against the captures it stands for: each
/// capture is signed exactly once and in its order, or nothing is written.
final class SigningStep {
    private final Sql sql;
    private final JournalIdentity identity;
    private final ChainRows rows;
    private final PendingRows pending;
    private final Deque<Captured> captures;
    private JournalCursors cursors;
    private long capture;
    private long signed;

    private SigningStep(Sql sql, JournalIdentity identity, long throughCapture) {
        this.sql = sql;
        this.identity = identity;
        rows = ChainRows.in(sql, identity);
        pending = PendingRows.in(sql);
        cursors = CursorRow.read(sql);
        capture = cursors.signedCapture();
        signed = cursors.signed();
        if (throughCapture < capture || throughCapture > cursors.captured()) {
            throw new IllegalArgumentException(
                    "signed through capture %d is outside %d to %d"
                            .formatted(throughCapture, capture, cursors.captured()));
        }
        long wanted = throughCapture - capture;
        captures =
                new ArrayDeque<>(
                        CaptureRows.behind(
                                sql, capture, (int) Math.min(wanted, Integer.MAX_VALUE)));
    }

    static void append(
            Sql sql,
            JournalIdentity identity,
            List<SignedTransaction> transactions,
            long throughCapture) {
        SigningStep step = new SigningStep(sql, identity, throughCapture);
        transactions.forEach(step::append);
        if (!step.captures.isEmpty()) {
            throw new IllegalArgumentException(
                    "capture %d is not signed by any transaction up to capture %d"
                            .formatted(step.captures.getFirst().id(), throughCapture));
        }
    }

    private void append(SignedTransaction transaction) {
        if (!transaction.signer().equals(identity.key().id())) {
            throw new IllegalArgumentException(
                    "%s is not signed by this meter's key %s"
                            .formatted(transaction, identity.key().id()));
        }
        if (!transaction.content().link().equals(cursors.nextLink())) {
            throw new IllegalArgumentException(
                    "%s does not follow transaction %d with id %s"
                            .formatted(transaction, cursors.signedSequence(), cursors.signedId()));
        }
        switch (transaction.content()) {
            case Generation generation -> take(generation);
            case MeterEvent event -> take(event);
            case Transfer transfer -> pending.move(transfer);
            default -> throw new IllegalArgumentException("a meter does not send " + transaction);
        }
        rows.insert(transaction, signed, capture);
        cursors = CursorRow.read(sql);
    }

    private void take(Generation generation) {
        if (generation.count() - generation.pulses() != signed) {
            throw new IllegalArgumentException(
                    "transaction %d counts %d with %d pulses, signed so far are %d"
                            .formatted(
                                    generation.sequence(),
                                    generation.count(),
                                    generation.pulses(),
                                    signed));
        }
        for (int i = 0; i < generation.pulses(); i++) {
            if (!(captures.poll() instanceof Captured.OfPulse pulse)) {
                throw new IllegalArgumentException(
                        "transaction %d signs pulse %d, the capture behind %d is no pulse"
                                .formatted(generation.sequence(), signed + 1, capture));
            }
            capture = pulse.id();
            signed = pulse.count();
        }
        pending.add(rows.step(generation), generation);
    }

    private void take(MeterEvent event) {
        if (captures.poll() instanceof Captured.OfEvent(var id, var kind, var detail, _)
                && kind == event.kind()
                && detail.equals(event.detail())) {
            capture = id;
            return;
        }
        throw new IllegalArgumentException(
                "transaction %d signs %s, the capture behind %d is something else"
                        .formatted(event.sequence(), event.kind(), capture));
    }
}

package energy.cryptometer.firmware.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.hal.pulse.Pulse;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceState;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.MeterEvent.Detail;
import energy.cryptometer.ledger.transaction.MeterEventKind;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.store.Database;
import energy.cryptometer.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final TestMeter meter = TestMeter.number(1);

    @TempDir private Path directory;
    private Path file;
    private Journal journal;

    @BeforeEach
    void open() {
        file = directory.resolve("journal.db");
        journal = Journal.open(file, meter.identity(), TestMeter.reading(0));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void reopen() {
        journal.close();
        journal = Journal.open(file, meter.identity(), TestMeter.reading(0));
    }

    @Test
    void aNewJournalIsAtTheStart() {
        assertThat(journal.counts()).isEqualTo(new JournalCounts(0, 0, 0, 0, Optional.empty()));
        assertThat(journal.nextLink()).isEqualTo(ChainLink.first());
        assertThat(journal.sourceState()).isEqualTo(SourceState.NEVER_STARTED);
        assertThat(journal.unsigned(10)).isEmpty();
        assertThat(journal.unsent(10, 10_000)).isEmpty();
        assertThat(journal.pendingTransfers().ranges()).isEmpty();
    }

    @Test
    void whatIsAppendedIsThereAfterReopening() {
        SourceState.Anchor anchor = new SourceState.Anchor(12_345, TestMeter.timeOf(3));
        SourceBatch pulses = TestMeter.pulses(1, 3);
        SourceState.EdgeMark edges = new SourceState.EdgeMark(77, 12, TestMeter.timeOf(3));
        SourceState.ReferenceMark reference =
                new SourceState.ReferenceMark(2, 88, TestMeter.timeOf(2), true);
        SourceState state =
                new SourceState(3, Optional.of(anchor), Optional.of(edges), Optional.of(reference));
        journal.append(new SourceBatch(pulses.items(), state));
        reopen();
        assertThat(journal.sourceState()).isEqualTo(state);
        assertThat(journal.unsigned(10))
                .containsExactly(
                        new Captured.OfPulse(1, 1, TestMeter.timeOf(1)),
                        new Captured.OfPulse(2, 2, TestMeter.timeOf(2)),
                        new Captured.OfPulse(3, 3, TestMeter.timeOf(3)));
        assertThat(journal.counts())
                .isEqualTo(new JournalCounts(3, 0, 0, 0, Optional.of(TestMeter.timeOf(1).wall())));
    }

    @Test
    void theStateOfASourceIsKeptWithoutAPulse() {
        journal.append(TestMeter.pulses(1, 3));
        SourceState.EdgeMark edges = new SourceState.EdgeMark(77, 12, TestMeter.timeOf(9));
        SourceState state = new SourceState(3, Optional.empty(), Optional.of(edges));
        journal.keepState(state);
        reopen();
        assertThat(journal.sourceState()).isEqualTo(state);
        assertThat(journal.unsigned(10)).hasSize(3);
        assertThatThrownBy(() -> journal.keepState(new SourceState(4, Optional.empty())))
                .hasMessage("source says 4 pulses, the journal 3");
    }

    @Test
    void aDoubledOrSkippedPulseIsRefusedAndNothingOfItsBatchIsKept() {
        journal.append(TestMeter.pulses(1, 5));
        assertThatThrownBy(() -> journal.append(TestMeter.pulses(5, 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pulse 5 does not follow pulse 5");
        assertThatThrownBy(() -> journal.append(TestMeter.pulses(7, 8)))
                .hasMessageContaining("pulse 7 does not follow pulse 5");
        SourceBatch wrongState =
                new SourceBatch(TestMeter.pulses(6, 7).items(), SourceState.NEVER_STARTED);
        assertThatThrownBy(() -> journal.append(wrongState))
                .hasMessageContaining("source says 0 pulses");
        assertThat(journal.counts().counted()).isEqualTo(5);
        journal.append(TestMeter.pulses(6, 7));
        assertThat(journal.counts().counted()).isEqualTo(7);
    }

    @Test
    void aBatchThatTurnedUpAfterAllIsNotWrittenTwice() {
        journal.append(TestMeter.pulses(1, 5));
        journal.appendAgain(TestMeter.pulses(1, 5));
        journal.appendAgain(TestMeter.pulses(6, 7));
        SourceEvent lost = new SourceEvent.LineLost(TestMeter.reading(900), "no answer");
        SourceBatch event = new SourceBatch(List.of(lost), new SourceState(7, Optional.empty()));
        journal.append(event);
        journal.appendAgain(event);
        assertThat(journal.unsigned(100)).hasSize(8);
    }

    @Test
    void eventsStandBetweenThePulsesWhereTheyHappened() {
        assertThat(journal.appendBoot("cryptometer 1.0", TestMeter.reading(1))).isEqualTo(1);
        SourceEvent lost =
                new SourceEvent.LineLost(TestMeter.reading(150), "no answer " + "é".repeat(60));
        SourceEvent restored = new SourceEvent.LineRestored(TestMeter.reading(180));
        journal.append(
                new SourceBatch(
                        List.of(new Pulse(1, TestMeter.timeOf(1)), lost, restored),
                        new SourceState(1, Optional.empty())));
        assertThat(journal.appendBoot("cryptometer 1.0", TestMeter.reading(190))).isEqualTo(2);
        List<Captured> captured = journal.unsigned(10);
        assertThat(captured).hasSize(5);
        assertThat(captured.get(0))
                .isEqualTo(
                        new Captured.OfEvent(
                                1,
                                MeterEventKind.BOOT,
                                new Detail(1, 0, "cryptometer 1.0"),
                                TestMeter.reading(1)));
        assertThat(captured.get(2))
                .isInstanceOfSatisfying(
                        Captured.OfEvent.class,
                        event ->
                                assertThat(event.detail().text())
                                        .isEqualTo("no answer " + "é".repeat(27)));
        assertThat(captured.get(3))
                .isInstanceOfSatisfying(
                        Captured.OfEvent.class,
                        event -> assertThat(event.detail()).isEqualTo(new Detail(30, 0, "")));
        meter.signAll(journal);
        assertThat(journal.unsigned(10)).isEmpty();
        assertThat(journal.cursors().signedSequence()).isEqualTo(5);
    }

    @Test
    void theFourCursorsFollowEachOther() {
        journal.append(TestMeter.pulses(1, 250));
        meter.signAll(journal);
        assertThat(journal.counts().signed()).isEqualTo(250);
        assertThat(journal.pendingTransfers().ranges()).hasSize(1);

        Batch batch = journal.unsent(100, 1 << 20).orElseThrow();
        assertThat(batch.transactions()).hasSize(100);
        journal.markSent(batch.lastSequence());
        journal.markSent(batch.lastSequence() - 50);
        assertThat(journal.counts().sent()).isEqualTo(99); // one of them is a transfer

        Batch rest = journal.unsent(10_000, 1 << 20).orElseThrow();
        assertThat(rest.link().sequence()).isEqualTo(101);
        journal.markSent(rest.lastSequence());
        assertThat(journal.unsent(10, 10_000)).isEmpty();
        assertThat(journal.counts().sent()).isEqualTo(250);

        journal.markProven(List.of(new SequenceRange(TransactionType.GENERATION, 1, 99)));
        assertThat(journal.counts().proven()).isEqualTo(99);
        assertThat(journal.counts().oldestUnproven()).contains(TestMeter.timeOf(100).wall());
    }

    @Test
    void nothingCanBeSentOrProvenThatIsNotSigned() {
        journal.append(TestMeter.pulses(1, 5));
        meter.signAll(journal);
        assertThatThrownBy(() -> journal.markSent(6)).hasMessageContaining("holds 1 to 5");
        assertThatThrownBy(() ->
                        journal.markProven(
                                List.of(new SequenceRange(TransactionType.GENERATION, 1, 6))))
                .hasMessageContaining("last one signed is 5");
    }

    @Test
    void provenMovesOnlyWhileNothingOfAnyTypeIsMissing() {
        journal.append(TestMeter.pulses(1, 250)); // transfers are 100 and 201
        meter.signAll(journal);
        journal.markSent(10);
        journal.markProven(
                List.of(
                        new SequenceRange(TransactionType.GENERATION, 1, 40),
                        new SequenceRange(TransactionType.GENERATION, 60, 200)));
        assertThat(journal.cursors().provenSequence()).isEqualTo(40);
        assertThat(journal.cursors().sentSequence()).isEqualTo(40);
        assertThat(journal.unproven(TransactionType.GENERATION, 10))
                .extracting(StepSequences::transactions)
                .containsExactly(19L, 51L);
        journal.markProven(List.of(new SequenceRange(TransactionType.GENERATION, 30, 99)));
        assertThat(journal.cursors().provenSequence()).isEqualTo(99);
        journal.markProven(List.of(new SequenceRange(TransactionType.TRANSFER, 100, 100)));
        assertThat(journal.cursors().provenSequence()).isEqualTo(200);
        assertThat(journal.counts().proven()).isEqualTo(199);
        reopen();
        assertThat(journal.cursors().provenSequence()).isEqualTo(200);
        assertThat(journal.unproven(TransactionType.TRANSFER, 10)).hasSize(1);
    }

    @Test
    void aNodeThatForgotIsSentEverythingAgainButNothingProven() {
        journal.append(TestMeter.pulses(1, 50));
        meter.signAll(journal);
        journal.markSent(50);
        journal.markProven(List.of(new SequenceRange(TransactionType.GENERATION, 1, 20)));
        journal.rewindSent(60);
        assertThat(journal.cursors().sentSequence()).isEqualTo(50);
        journal.rewindSent(5);
        assertThat(journal.cursors().sentSequence()).isEqualTo(20);
        assertThat(journal.unsent(100, 1 << 20).orElseThrow().link().sequence()).isEqualTo(21);
    }

    @Test
    void whatWasSignedComesBackToTheByte() throws MalformedException {
        journal.appendBoot("cryptometer", TestMeter.reading(5));
        journal.append(TestMeter.pulses(1, 250));
        List<Captured> captured = journal.unsigned(1000);
        List<SignedTransaction> signed = meter.sign(journal, captured);
        journal.appendSigned(signed, captured.getLast().id());
        reopen();
        Batch batch = journal.unsent(1000, 1 << 20).orElseThrow();
        assertThat(batch.transactions()).isEqualTo(signed);
        assertThat(Batch.decode(batch.encode(), meter.identity().community())).isEqualTo(batch);
        List<SignedTransaction> transfers =
                journal.transactions(1, signed.size(), TransactionType.TRANSFER);
        assertThat(transfers)
                .isEqualTo(
                        signed.stream()
                                .filter(tx -> tx.content().type() == TransactionType.TRANSFER)
                                .toList());
        assertThat(transfers).hasSize(2);
    }

    @Test
    void aBatchFillsTheMessageAndNeverOverflowsIt() {
        journal.append(TestMeter.pulses(1, 500));
        meter.signAll(journal);
        for (int maxBytes : new int[] {200, 300, 1024, 8192, 20_000}) {
            byte[] encoded = journal.unsent(10_000, maxBytes).orElseThrow().encode();
            assertThat(encoded.length).isBetween(maxBytes - 250, maxBytes);
        }
        assertThatThrownBy(() -> journal.unsent(10, 100)).hasMessageContaining("cannot hold");
    }

    @Test
    void aCaptureIsSignedOnceAndInItsOrderOrNotAtAll() {
        journal.append(TestMeter.pulses(1, 3));
        journal.appendEvent(MeterEventKind.GAP, new Detail(1, 2, ""), TestMeter.reading(350));
        List<Captured> captured = journal.unsigned(10);
        List<SignedTransaction> signed = meter.sign(journal, captured);
        assertThatThrownBy(() -> journal.appendSigned(signed, 3)).hasMessageContaining("GAP");
        assertThatThrownBy(() -> journal.appendSigned(signed.subList(0, 2), 4))
                .hasMessageContaining("capture 3 is not signed");
        assertThatThrownBy(() -> journal.appendSigned(signed.subList(1, 4), 4))
                .hasMessageContaining("does not follow transaction 0");
        List<Captured> swapped = new ArrayList<>(captured);
        swapped.add(2, swapped.removeLast());
        assertThatThrownBy(() -> journal.appendSigned(meter.sign(journal, swapped), 4))
                .hasMessageContaining("signs GAP");
        assertThatThrownBy(
                        () -> journal.appendSigned(TestMeter.number(2).sign(journal, captured), 4))
                .hasMessageContaining("not signed by this meter's key");
        assertThat(journal.cursors().signedSequence()).isZero();
        journal.appendSigned(signed, 4);
        assertThatThrownBy(() -> journal.appendSigned(signed, 4))
                .hasMessageContaining("does not follow transaction 4");
    }

    @Test
    void onlyWhatIsProvenAndOldIsPruned() {
        journal.append(TestMeter.pulses(1, 250));
        meter.signAll(journal);
        assertThat(journal.prune(TestMeter.timeOf(250).wall())).isZero();
        journal.markProven(
                List.of(
                        new SequenceRange(TransactionType.GENERATION, 1, 150),
                        new SequenceRange(TransactionType.TRANSFER, 100, 100)));
        JournalCounts before = journal.counts();
        assertThat(journal.prune(TestMeter.timeOf(50).wall())).isEqualTo(49);
        assertThat(journal.prune(TestMeter.timeOf(9000).wall())).isEqualTo(101);
        assertThat(journal.counts()).isEqualTo(before);
        assertThat(journal.cursors().prunedSequence()).isEqualTo(150);
        reopen();
        assertThat(journal.transactions(1, 252, TransactionType.GENERATION)).hasSize(101);
        journal.rewindSent(0);
        assertThat(journal.unsent(1000, 1 << 20).orElseThrow().link().sequence()).isEqualTo(151);
        journal.append(TestMeter.pulses(251, 260));
        meter.signAll(journal);
        assertThat(journal.check()).isEmpty();
    }

    @Test
    void aJournalOfAnotherMeterOrSourceIsRefusedInOneLine() {
        journal.close();
        assertThatThrownBy(() ->
                        Journal.open(file, TestMeter.number(2).identity(), TestMeter.reading(0)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to meter")
                .hasMessageContaining("give another path");
        JournalIdentity moved =
                new JournalIdentity(
                        meter.identity().community(),
                        meter.identity().schedule(),
                        meter.identity().key(),
                        "another line");
        assertThatThrownBy(() -> Journal.open(file, moved, TestMeter.reading(0)))
                .hasMessageContaining("'test meter 1'")
                .hasMessageContaining("'another line'");
        open();
    }

    @Test
    void aSecondProgramIsRefusedWhileAStatusMayLook() {
        assertThatThrownBy(() -> Journal.open(file, meter.identity(), TestMeter.reading(0)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use");
        journal.append(TestMeter.pulses(1, 3));
        try (JournalView view = Journal.openReadOnly(file)) {
            assertThat(view.counts()).isEqualTo(journal.counts());
            assertThat(view.account()).isEqualTo(meter.identity().account());
            assertThat(view.community()).isEqualTo(meter.identity().community());
            assertThat(view.source()).isEqualTo("test meter 1");
            journal.append(TestMeter.pulses(4, 4));
            assertThat(view.counts().counted()).isEqualTo(4);
        }
    }

    /// As it is for a moment at the first start, and for long where the disk was full then.
    @Test
    void aJournalThatIsStillEmptyIsRefusedInWords() {
        Path file = directory.resolve("empty.db");
        Database.open(file, JournalSchema.MIGRATIONS).close();
        assertThatThrownBy(() -> Journal.openReadOnly(file))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.TEMPORARY))
                .hasMessageContaining("empty.db is empty; start the meter once");
    }
}

package energy.cryptometer.hal.meter.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.hal.clock.BoardClock;
import energy.cryptometer.hal.clock.SimulatedClock;
import energy.cryptometer.hal.meter.polling.MeterRating;
import energy.cryptometer.hal.meter.polling.RegisterReading;
import energy.cryptometer.hal.pulse.PulseSource;
import energy.cryptometer.hal.pulse.PulseSourceContract;
import energy.cryptometer.hal.pulse.SimulatedPulseSource;
import energy.cryptometer.hal.pulse.SourceBatch;
import energy.cryptometer.hal.pulse.SourceEvent;
import energy.cryptometer.hal.pulse.SourceHealth.Condition;
import energy.cryptometer.hal.pulse.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A contact with a register beside it is a source like any other, and tells when the two disagree.
final class CrossCheckedSourceTest implements PulseSourceContract {
    private final SimulatedClock clock =
            SimulatedClock.startingAt(Instant.parse("2026-06-21T12:00:00Z"));
    private final SimulatedRegister reference = new SimulatedRegister();
    private Optional<SimulatedPulseSource> contact = Optional.empty();

    /// A register that is read whenever it is asked for, in watt-hours.
    private final class SimulatedRegister implements ReferenceRegister {
        private long wattHours = 5_000;
        private Optional<String> trouble = Optional.empty();
        private boolean closed;

        @Override
        public Optional<RegisterReading> next() {
            return trouble.isPresent()
                    ? Optional.empty()
                    : Optional.of(new RegisterReading(1_000 * wattHours, 1_000, clock.read()));
        }

        @Override
        public BoardClock.Reading now() {
            return clock.read();
        }

        @Override
        public Optional<String> trouble() {
            return trouble;
        }

        @Override
        public Map<String, Long> counters() {
            return Map.of("requests", 7L);
        }

        @Override
        public String description() {
            return "simulated register";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public PulseSource open(SourceState state) {
        SimulatedPulseSource opened = SimulatedPulseSource.open(clock, state);
        contact = Optional.of(opened);
        return CrossCheckedSource.of(
                opened, reference, new Reconciliation(new MeterRating(1_000, 3_600), 20), state);
    }

    @Override
    public void meterPulses(int pulses) {
        contact.orElseThrow().pulse(pulses);
        reference.wattHours += pulses;
    }

    /// Lets the register grow and the contact pulse, and looks a few times.
    private List<SourceEvent> after(PulseSource source, int pulses, int wattHours)
            throws InterruptedException {
        contact.orElseThrow().pulse(pulses);
        reference.wattHours += wattHours;
        List<SourceEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            source.await(Duration.ZERO).items().stream()
                    .filter(SourceEvent.class::isInstance)
                    .map(SourceEvent.class::cast)
                    .forEach(events::add);
        }
        return events;
    }

    @Test
    void theComparisonBeginsWithAnEventAndIsKeptInTheState() throws InterruptedException {
        try (PulseSource source = open(new SourceState(40, Optional.empty()))) {
            SourceBatch batch = source.await(Duration.ZERO);
            assertThat(batch.items())
                    .containsExactly(new SourceEvent.RegisterAnchored(clock.read(), 5_000_000));
            assertThat(batch.stateAfter().reference())
                    .contains(new SourceState.ReferenceMark(40, 5_000_000, clock.read()));
        }
        assertThat(reference.closed).isTrue();
    }

    @Test
    void driftIsToldOnceAndOnceMoreWhenItIsOver() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            assertThat(after(source, 0, 0)).hasSize(1);
            assertThat(after(source, 1_000, 1_000)).isEmpty();
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
            assertThat(after(source, 900, 1_000)) // a hundred pulses were lost
                    .containsExactly(
                            new SourceEvent.RegisterDrifted(
                                    clock.read(), 1_900_000, 2_000_000, 52_001, true));
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line()).contains("disagree", "1900000 mWh", "2000000 mWh");
            assertThat(after(source, 900, 1_000)).isEmpty();
            assertThat(after(source, 9_000, 8_900))
                    .containsExactly(
                            new SourceEvent.RegisterDrifted(
                                    clock.read(), 11_800_000, 11_900_000, 250_001, false));
            assertThat(source.health().condition()).isEqualTo(Condition.GOOD);
        }
    }

    @Test
    void aDriftBetweenTwoStartsIsSeen() throws InterruptedException {
        SourceState stored;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            stored = source.await(Duration.ZERO).stateAfter();
        }
        reference.wattHours += 100;
        try (PulseSource source = open(stored)) {
            assertThat(after(source, 0, 0))
                    .singleElement()
                    .isInstanceOf(SourceEvent.RegisterDrifted.class);
        }
    }

    @Test
    void aDriftThatLastsIsToldOnceHoweverOftenTheProgramStarts() throws InterruptedException {
        SourceState stored;
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            assertThat(after(source, 0, 100)).hasSize(1);
            assertThat(after(source, 0, 100))
                    .singleElement()
                    .isInstanceOf(SourceEvent.RegisterDrifted.class);
            stored = source.await(Duration.ZERO).stateAfter();
        }
        for (int start = 0; start < 3; start++) {
            try (PulseSource source = open(stored)) {
                assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
                assertThat(after(source, 1, 1)).isEmpty();
                assertThat(source.health().line()).contains("disagree");
                stored = source.await(Duration.ZERO).stateAfter();
            }
        }
        try (PulseSource source = open(stored)) { // the contact catches up
            assertThat(after(source, 100, 0))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            SourceEvent.RegisterDrifted.class,
                            event -> assertThat(event.beyond()).isFalse());
        }
    }

    @Test
    void oneWrongReadingSaysNothing() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            reference.wattHours += 90_000;
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
            reference.wattHours -= 95_000;
            assertThat(source.await(Duration.ZERO).isEmpty()).isTrue();
            reference.wattHours += 5_000;
            assertThat(after(source, 5, 5)).isEmpty();
        }
    }

    @Test
    void anotherMeterBeginsAnotherComparison() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            source.await(Duration.ZERO);
            assertThat(after(source, 10, -4_990))
                    .containsExactly(new SourceEvent.RegisterAnchored(clock.read(), 10_000));
            assertThat(after(source, 1_000, 1_000)).isEmpty();
        }
    }

    @Test
    void aRegisterThatIsSilentStopsNoPulse() throws InterruptedException {
        try (PulseSource source = open(SourceState.NEVER_STARTED)) {
            reference.trouble = Optional.of("no answer");
            contact.orElseThrow().pulse(3);
            assertThat(source.await(ENOUGH).items()).hasSize(3);
            assertThat(source.health().condition()).isEqualTo(Condition.DOUBTFUL);
            assertThat(source.health().line()).contains("reference register no answer");
            assertThat(source.health().counters()).containsEntry("reference_requests", 7L);
        }
    }
}

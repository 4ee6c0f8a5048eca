package energy.cryptometer.hal.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.hal.edge.FilterOutcome.Counted;
import energy.cryptometer.hal.edge.FilterOutcome.Ended;
import energy.cryptometer.hal.edge.FilterOutcome.Lost;
import energy.cryptometer.hal.edge.FilterOutcome.Nothing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PulseFilterTest {
    private static final long MILLI = 1_000_000;
    private static final long LATE = 1_000_000_000_000L;

    private final List<FilterOutcome> found = new ArrayList<>();
    private PulseFilter filter = PulseFilter.start(PulseRule.USUAL);

    private void edge(long nanos, boolean active) {
        feed(new Edge(nanos, active, filter.lastSequence() + 1));
    }

    private void feed(Edge edge) {
        filter = filter.after(edge);
        note();
    }

    private void at(long nanos) {
        filter = filter.at(nanos);
        note();
    }

    private void note() {
        if (!(filter.outcome() instanceof Nothing)) {
            found.add(filter.outcome());
        }
    }

    /// Closed and opened at these milliseconds in turn.
    private void changes(long... millis) {
        boolean active = true;
        for (long at : millis) {
            edge(at * MILLI, active);
            active = !active;
        }
    }

    private List<Counted> counted() {
        return found.stream().filter(Counted.class::isInstance).map(Counted.class::cast).toList();
    }

    @Test
    void aPulseOfExactlyTheMinimumWidthCountsAndOneNanosecondLessDoesNot() {
        edge(0, true);
        edge(25 * MILLI, false);
        edge(100 * MILLI, true);
        edge(125 * MILLI - 1, false);
        at(LATE);
        assertThat(found)
                .containsExactly(
                        new Counted(0, 25 * MILLI),
                        new Ended(25 * MILLI, true),
                        new Ended(25 * MILLI - 1, false));
    }

    @Test
    void aBreakOneNanosecondBelowThePauseJoinsAndAPauseSeparates() {
        edge(0, true);
        edge(30 * MILLI, false);
        edge(36 * MILLI - 1, true);
        edge(66 * MILLI, false);
        edge(72 * MILLI, true);
        edge(102 * MILLI, false);
        assertThat(counted())
                .containsExactly(new Counted(0, 25 * MILLI), new Counted(72 * MILLI, 97 * MILLI));
    }

    @Test
    void aBouncingContactCountsOnceAndIsDatedByItsFirstEdge() {
        changes(10, 11, 12, 13, 15, 42, 44, 45);
        at(LATE);
        assertThat(found)
                .containsExactly(new Counted(10 * MILLI, 38 * MILLI), new Ended(30 * MILLI, true));
    }

    @Test
    void aPulseIsCountedWhileItsContactIsStillClosed() {
        edge(0, true);
        at(25 * MILLI - 1);
        assertThat(found).isEmpty();
        at(25 * MILLI);
        at(26 * MILLI);
        assertThat(found).containsExactly(new Counted(0, 25 * MILLI));
    }

    @Test
    void aContactThatNeverOpensCountsOnceAndSaysSinceWhen() {
        edge(7, true);
        for (long nanos = MILLI; nanos < LATE; nanos *= 2) {
            at(nanos);
        }
        assertThat(counted()).hasSize(1);
        assertThat(filter.closedSince()).hasValue(7);
        edge(LATE, false);
        assertThat(filter.closedSince()).isEmpty();
    }

    @Test
    void noiseOfTwentyMillisecondsNeitherCountsNorJoinsTwoPulses() {
        changes(0, 30, 31, 51, 57, 87);
        at(LATE);
        assertThat(counted())
                .containsExactly(new Counted(0, 25 * MILLI), new Counted(57 * MILLI, 82 * MILLI));
    }

    @Test
    void manyShortSpikesAreNoPulseHoweverLongTheyLast() {
        for (long i = 0; i < 20; i++) {
            edge(i * 3 * MILLI, true);
            edge(i * 3 * MILLI + MILLI, false);
        }
        at(LATE);
        assertThat(found).containsExactly(new Ended(20 * MILLI, false));
    }

    @Test
    void aRunThatNeverComesToTheWidthIsNoiseAfterSoManyEdges() {
        for (long i = 0; i < PulseFilter.MOST_EDGES; i++) {
            edge(i * MILLI, i % 2 == 0 && i < 20);
        }
        assertThat(filter.phase()).isEqualTo(PulseFilter.Phase.OPEN);
        assertThat(filter.settled()).isZero();
        edge(PulseFilter.MOST_EDGES * MILLI, false);
        assertThat(found).containsExactly(new Ended(10 * MILLI, false));
        assertThat(filter.phase()).isEqualTo(PulseFilter.Phase.DISMISSED);
        assertThat(filter.settled()).isEqualTo(PulseFilter.MOST_EDGES + 1);
    }

    @Test
    void twoEqualEdgesAreAVisitOfNoLength() {
        edge(0, true);
        edge(10 * MILLI, true);
        edge(30 * MILLI, false);
        edge(34 * MILLI, false);
        edge(39 * MILLI, true);
        edge(69 * MILLI, false);
        at(LATE);
        assertThat(counted()).containsExactly(new Counted(0, 25 * MILLI));
    }

    @Test
    void aLineThatWasClosedAtTheStartGivesNoPulseWhenItOpens() {
        edge(500 * MILLI, false);
        at(LATE);
        assertThat(found).containsExactly(new Ended(0, false));
    }

    @Test
    void lostEdgesAreNamedAndNeverMakeAPulse() {
        edge(0, true);
        feed(new Edge(40 * MILLI, true, 4));
        edge(90 * MILLI, false);
        edge(95 * MILLI, true);
        edge(130 * MILLI, false);
        edge(136 * MILLI, true);
        edge(161 * MILLI, false);
        assertThat(found).containsExactly(new Lost(2, 2), new Counted(136 * MILLI, 161 * MILLI));
    }

    @Test
    void theFirstEdgeNumberShowsWhatWasLostBeforeIt() {
        feed(new Edge(0, true, 8));
        assertThat(found).containsExactly(new Lost(1, 7));
        assertThat(filter.settled()).isEqualTo(8);
    }

    @Test
    void anEdgeNumberThatDoesNotGrowIsRefused() {
        edge(0, true);
        assertThatThrownBy(() -> filter.after(new Edge(1, false, 1)))
                .hasMessage("edge 1 comes after edge 1");
        assertThatThrownBy(() -> new Edge(1, false, 0)).hasMessageContaining("below 1");
    }

    @Test
    void aPulseIsSettledWhenItIsDecidedAndNotBefore() {
        changes(0, 30);
        assertThat(filter.settled()).isEqualTo(2);
        edge(100 * MILLI, true);
        assertThat(filter.settled()).isEqualTo(2);
        at(124 * MILLI);
        assertThat(filter.settled()).isEqualTo(2);
        at(125 * MILLI);
        assertThat(filter.settled()).isEqualTo(3);
        edge(126 * MILLI, false);
        assertThat(filter.settled()).isEqualTo(4);
    }

    /// Wherever a filter stops and another goes on, no pulse is doubled and none is lost.
    @Test
    void aFilterThatGoesOnAfterASettledEdgeCountsTheSamePulses() {
        long seed = Long.getLong("seed", System.nanoTime());
        PulseTrain train = new PulseTrain(new SplittableRandom(seed));
        List<Edge> edges = new ArrayList<>();
        for (int pulse = 0; pulse < 60; pulse++) {
            train.next();
            for (int i = 0; i < train.edges(); i++) {
                edges.add(train.edge(i));
            }
        }
        List<Counted> whole = countedIn(PulseFilter.start(PulseRule.USUAL), edges);
        assertThat(whole).as("seed %d", seed).hasSize(60);
        for (int stop = 1; stop < edges.size(); stop++) {
            List<Edge> before = edges.subList(0, stop);
            // Time goes on without an edge, for as long as it did: to just before the next one.
            for (long until : new long[] {edges.get(stop - 1).nanos(), edges.get(stop).nanos()}) {
                PulseFilter first = PulseFilter.start(PulseRule.USUAL);
                List<Counted> counted = new ArrayList<>();
                for (Edge edge : before) {
                    first = first.after(edge);
                    note(first, counted);
                }
                first = first.at(until);
                note(first, counted);
                int from = (int) first.settled();
                PulseFilter next =
                        from == 0
                                ? PulseFilter.start(PulseRule.USUAL)
                                : PulseFilter.resume(PulseRule.USUAL, edges.get(from - 1));
                counted.addAll(countedIn(next, edges.subList(from, edges.size())));
                assertThat(counted).as("seed %d, stopped at edge %d", seed, stop).isEqualTo(whole);
            }
        }
    }

    private static List<Counted> countedIn(PulseFilter start, List<Edge> edges) {
        List<Counted> counted = new ArrayList<>();
        PulseFilter filter = start;
        for (Edge edge : edges) {
            filter = filter.after(edge);
            note(filter, counted);
        }
        note(filter.at(LATE), counted);
        return counted;
    }

    private static void note(PulseFilter filter, List<Counted> counted) {
        if (filter.outcome() instanceof Counted pulse) {
            counted.add(pulse);
        }
    }

    @Test
    void aRuleOutsideItsBoundsIsRefused() {
        assertThatThrownBy(() -> new PulseRule(Duration.ZERO, Duration.ofMillis(6)))
                .hasMessage("minimum pulse width 0 ms is outside 1 to 1000 ms");
        assertThatThrownBy(() -> new PulseRule(Duration.ofMillis(25), Duration.ofMillis(1001)))
                .hasMessage("minimum pulse pause 1001 ms is outside 1 to 1000 ms");
        assertThat(new PulseRule(Duration.ofMillis(1), Duration.ofMillis(1000)).width())
                .isEqualTo(Duration.ofMillis(1));
    }
}

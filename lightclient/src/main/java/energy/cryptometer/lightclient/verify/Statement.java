package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.state.NodeAccount;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.state.PlantAccount;
import energy.cryptometer.ledger.unit.Energy;

/// What the difference of two proven states of one account says: a bill. What a block books counts
/// for the period in which the block stands, so a late pulse belongs to the later statement.
public sealed interface Statement {
    /// Energy an MID meter registered.
    ///
    /// @param before its register at the beginning
    /// @param after its register at the end
    /// @param pulses counted in between
    record Meter(Energy before, Energy after, long pulses) implements Statement {}

    /// Energy a virtual generation meter received.
    ///
    /// @param tokens voting tokens received in between
    record Participant(Energy before, Energy after, long tokens) implements Statement {}

    /// Energy that went through the virtual power plant.
    ///
    /// @param received in between
    /// @param allocated in between
    record Plant(Energy received, Energy allocated) implements Statement {}

    /// Work a node did.
    ///
    /// @param blocks it proposed in between
    record Node(long blocks) implements Statement {}

    /// Approved states that cannot follow each other: what grows only has shrunk, or the account
    /// became another one.
    record Contradiction(String before, String after) implements Statement {}

    /// The energy of the period; for the plant what it allocated, for a node none.
    default Energy energy() {
        return switch (this) {
            case Meter(Energy before, Energy after, _) -> after.minus(before);
            case Participant(Energy before, Energy after, _) -> after.minus(before);
            case Plant(_, Energy allocated) -> allocated;
            case Node _, Contradiction _ -> Energy.ZERO;
        };
    }

    /// States the period between two proven states of the same account.
    ///
    /// @throws IllegalArgumentException if they are of two accounts or the second is the earlier
    static Statement between(ProvenAccount from, ProvenAccount to) {
        Account before = from.account();
        Account after = to.account();
        if (!before.account().equals(after.account()) || from.height().compareTo(to.height()) > 0) {
            throw new IllegalArgumentException(
                    "no period lies between %s and %s".formatted(from, to));
        }
        return switch (before) {
            case MeterAccount first when after instanceof MeterAccount last ->
                    first.count() <= last.count() && first.constant().equals(last.constant())
                            ? new Meter(
                                    first.register(), last.register(), last.count() - first.count())
                            : contradiction(from, to);
            case ParticipantAccount first when after instanceof ParticipantAccount last ->
                    first.credited().compareTo(last.credited()) <= 0
                            ? new Participant(
                                    first.credited(),
                                    last.credited(),
                                    last.tokens() - first.tokens())
                            : contradiction(from, to);
            case PlantAccount first when after instanceof PlantAccount last ->
                    first.received().compareTo(last.received()) <= 0
                                    && first.allocated().compareTo(last.allocated()) <= 0
                            ? new Plant(
                                    last.received().minus(first.received()),
                                    last.allocated().minus(first.allocated()))
                            : contradiction(from, to);
            case NodeAccount first when after instanceof NodeAccount last ->
                    first.proposed() <= last.proposed()
                            ? new Node(last.proposed() - first.proposed())
                            : contradiction(from, to);
            case MeterAccount _, ParticipantAccount _, PlantAccount _, NodeAccount _ ->
                    contradiction(from, to);
        };
    }

    private static Contradiction contradiction(ProvenAccount from, ProvenAccount to) {
        return new Contradiction(from.account().toString(), to.account().toString());
    }
}

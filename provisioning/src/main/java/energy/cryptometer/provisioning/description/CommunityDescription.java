package energy.cryptometer.provisioning.description;

import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.util.List;

/// A community that is free of contradictions and whose keys are not made yet. Names are unique and
/// can name folders.
public record CommunityDescription(
        Parameters parameters,
        List<Meter> meters,
        List<Participant> participants,
        List<Node> nodes) {
    /// What stands in the genesis besides the members.
    public record Parameters(
            String name, StepSchedule schedule, Genesis.Policy policy, ElectionTerms election) {}

    public record Meter(String name, String serial, KeySource key, Plate plate) {}

    /// What stands on a meter's plate, and what the generator behind it can deliver.
    public record Plate(MidClass midClass, PulseConstant constant, int ratedPowerWatts) {}

    public record Participant(String name, KeySource key, int sharePartsPerMillion) {}

    public record Node(String name, KeySource key, ListenAddress listen) {}

    /// Meters, participants and nodes together.
    public int size() {
        return meters.size() + participants.size() + nodes.size();
    }
}

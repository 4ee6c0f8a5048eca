package energy.cryptometer.provisioning.community;

import energy.cryptometer.ledger.community.ElectionTerms;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.util.List;

/// A consistent community whose keys are not made yet. Names are unique and fit for folders.
record CommunityPlan(
        Terms terms, List<Meter> meters, List<Participant> participants, List<Node> nodes) {

    /// What stands in the genesis besides the members.
    record Terms(
            String name, StepSchedule schedule, Genesis.Policy policy, ElectionTerms election) {}

    record Meter(String name, String serial, KeyPlan key, Plate plate) {}

    /// What stands on a meter's plate, and what the generator behind it can deliver.
    record Plate(MidClass midClass, PulseConstant constant, int ratedPowerWatts) {}

    record Participant(String name, KeyPlan key, int sharePartsPerMillion) {}

    /// A node.
    ///
    /// @param listen host and port, which meters are told too
    record Node(String name, KeyPlan key, String listen) {}

    int size() {
        return meters.size() + participants.size() + nodes.size();
    }
}

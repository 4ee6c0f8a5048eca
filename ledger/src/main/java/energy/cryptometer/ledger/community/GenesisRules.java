package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What must hold among the members of a community; everything that does not, at once.
final class GenesisRules {
    private GenesisRules() {}

    /// One sentence per problem; empty when the community is consistent.
    static List<String> problems(
            PublicKey authority,
            PublicKey plant,
            List<MeterEntry> meters,
            List<ParticipantEntry> participants,
            NodeSet nodes) {
        List<String> problems = new ArrayList<>();
        requireCount(problems, "meters", meters.size(), Genesis.MAX_METERS);
        requireCount(problems, "participants", participants.size(), Genesis.MAX_PARTICIPANTS);
        long shares = participants.stream().mapToLong(ParticipantEntry::sharePartsPerMillion).sum();
        if (shares != ParticipantEntry.WHOLE) {
            problems.add(
                    "contract shares add up to %d ppm, expected exactly %d ppm"
                            .formatted(shares, ParticipantEntry.WHOLE));
        }
        Map<KeyId, String> owners = new HashMap<>();
        claim(problems, owners, authority.id(), "the authority");
        claim(problems, owners, plant.id(), "the virtual power plant");
        meters.forEach(
                meter -> claim(problems, owners, meter.key().id(), "meter " + meter.serial()));
        participants.forEach(participant ->
                claim(
                        problems,
                        owners,
                        participant.key().id(),
                        "participant " + participant.account()));
        for (NodeEntry node : nodes.nodes()) {
            claim(problems, owners, node.key().id(), "node " + node.account());
            claim(problems, owners, vrfKeyId(node), "the lots of node " + node.account());
        }
        Set<String> serials = new TreeSet<>();
        for (MeterEntry meter : meters) {
            if (!serials.add(meter.serial())) {
                problems.add("meter serial '%s' stands twice".formatted(meter.serial()));
            }
        }
        return problems;
    }

    private static void requireCount(List<String> problems, String what, int count, int max) {
        if (count < 1 || count > max) {
            problems.add("%d %s are outside 1 to %d".formatted(count, what, max));
        }
    }

    /// A lottery key may do nothing else, so it is named like the keys that sign.
    private static KeyId vrfKeyId(NodeEntry node) {
        byte[] fingerprint = Hash.sha256(node.vrfKey().toBytes()).toBytes();
        return KeyId.of(Arrays.copyOf(fingerprint, KeyId.BYTES));
    }

    private static void claim(
            List<String> problems, Map<KeyId, String> owners, KeyId key, String owner) {
        String earlier = owners.putIfAbsent(key, owner);
        if (earlier != null) {
            problems.add("key %s belongs to %s and to %s".formatted(key, earlier, owner));
        }
    }
}

package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a community agreed on before its first block. Meters and participants are ascending by
/// account.
///
/// @param name 1 to 64 bytes; for people, of no effect
/// @param authority key of the grid operator (DSO), who admits and revokes
/// @param plant key of the virtual power plant (VPP), who allocates
public record Genesis(
        String name,
        StepSchedule schedule,
        Policy policy,
        ElectionTerms election,
        PublicKey authority,
        PublicKey plant,
        List<MeterEntry> meters,
        List<ParticipantEntry> participants,
        NodeSet nodes) {
    public static final int MAX_NAME_BYTES = 64;
    public static final int MAX_METERS = 500;
    public static final int MAX_PARTICIPANTS = 400;

    /// What the community allows its meters.
    ///
    /// @param maxPulsesPerTransaction 1, or more where a meter with a backlog may bundle pulses
    /// @param hardwareKeysRequired whether a meter with a software key is refused by its own
    ///   program
    public record Policy(int maxPulsesPerTransaction, boolean hardwareKeysRequired) {
        public Policy {
            if (maxPulsesPerTransaction < 1 || maxPulsesPerTransaction > 1000) {
                throw new IllegalArgumentException(
                        "pulses per transaction %d is outside 1 to 1000"
                                .formatted(maxPulsesPerTransaction));
            }
        }
    }

    public Genesis {
        meters = meters.stream().sorted(Comparator.comparing(MeterEntry::account)).toList();
        participants =
                participants.stream()
                        .sorted(Comparator.comparing(ParticipantEntry::account))
                        .toList();
        List<String> problems =
                new ArrayList<>(
                        GenesisRules.problems(authority, plant, meters, participants, nodes));
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes < 1 || nameBytes > MAX_NAME_BYTES) {
            problems.add(
                    "community name has %d bytes, allowed 1 to %d"
                            .formatted(nameBytes, MAX_NAME_BYTES));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public Community community() {
        return new Community(Hash.sha256(GenesisCodec.payload(this)));
    }

    public AccountId plantAccount() {
        return AccountId.of(plant);
    }

    public Optional<MeterEntry> meter(AccountId account) {
        return meters.stream().filter(meter -> meter.account().equals(account)).findFirst();
    }

    /// Every key that signs for a member, by its id. Which may sign what, the rules say.
    public Map<KeyId, PublicKey> signers() {
        Map<KeyId, PublicKey> signers = new HashMap<>();
        List<PublicKey> keys = new ArrayList<>(List.of(authority, plant));
        meters.forEach(meter -> keys.add(meter.key()));
        participants.forEach(participant -> keys.add(participant.key()));
        nodes.nodes().forEach(node -> keys.add(node.key()));
        keys.forEach(key -> signers.put(key.id(), key));
        return Map.copyOf(signers);
    }
}

package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Progress;
import energy.cryptometer.command.Terminal;
import energy.cryptometer.command.key.KeySigner;
import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.pkcs11.Pkcs11Key;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.provisioning.key.PrivateFiles;
import energy.cryptometer.provisioning.key.TrialKeyFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Makes the keys of a community and writes its folder. Used once.
final class Founding {
    /// Communities of this size take long enough to show progress.
    private static final int LARGE = 20;

    private final CommunityPlan plan;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final List<Member> members = new ArrayList<>();
    private final Progress progress;

    private Founding(CommunityPlan plan, Path folder, Progress progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /// Founds the community in the folder, which must be empty or not exist.
    ///
    /// @throws CommandFailure if the folder is occupied or cannot be written
    /// @throws KeyException if a token refuses
    static Founded found(CommunityPlan plan, Path place, Terminal terminal) {
        try (CommunityFolder folder = CommunityFolder.begin(place);
                var progress = new Progress(terminal, "Making keys", plan.size() + 2L)) {
            var founding = new Founding(plan, folder.path(), progress);
            Genesis genesis = founding.write();
            return new Founded(folder.finish(), genesis.community(), founding.members);
        }
    }

    private Genesis write() {
        try (KeySigner authority = ownKey(Role.AUTHORITY);
                KeySigner plant = ownKey(Role.PLANT)) {
            CommunityPlan.Terms terms = plan.terms();
            Genesis genesis =
                    new Genesis(
                            terms.name(),
                            terms.schedule(),
                            terms.policy(),
                            terms.election(),
                            authority.publicKey(),
                            plant.publicKey(),
                            plan.meters().stream().map(this::meter).toList(),
                            plan.participants().stream().map(this::participant).toList(),
                            new NodeSet(plan.nodes().stream().map(this::node).toList()));
            PrivateFiles.file(
                    folder.resolve("genesis.cbor"), GenesisCodec.sign(genesis, authority));
            PrivateFiles.file(folder.resolve("accounts.json"), Founded.accounts(members) + "\n");
            return genesis;
        } catch (IllegalArgumentException inconsistent) {
            // Only tokens can still surprise: two names for one key.
            throw new CommandFailure(
                    ExitCode.CONFIG,
                    "the community is inconsistent: " + inconsistent.getMessage(),
                    inconsistent);
        }
    }

    private KeySigner ownKey(Role role) {
        KeySigner signer = TrialKeyFolder.create(folder.resolve(role.word()), random);
        admit(role.word(), role, signer);
        return signer;
    }

    private MeterEntry meter(CommunityPlan.Meter meter) {
        Path own = PrivateFiles.folder(folder.resolve("meters").resolve(meter.name()));
        PublicKey key = key(meter.name(), Role.METER, meter.key(), own);
        PrivateFiles.file(
                own.resolve("cryptometer.toml"), ReadyConfiguration.meter(meter, plan.nodes()));
        CommunityPlan.Plate plate = meter.plate();
        return new MeterEntry(
                key, meter.serial(), plate.midClass(), plate.constant(), plate.ratedPowerWatts());
    }

    private ParticipantEntry participant(CommunityPlan.Participant participant) {
        Path own = folder.resolve("participants").resolve(participant.name());
        PublicKey key = key(participant.name(), Role.PARTICIPANT, participant.key(), own);
        return new ParticipantEntry(key, participant.sharePartsPerMillion());
    }

    private NodeEntry node(CommunityPlan.Node node) {
        Path own = PrivateFiles.folder(folder.resolve("nodes").resolve(node.name()));
        PublicKey key = key(node.name(), Role.NODE, node.key(), own);
        boolean first = node.equals(plan.nodes().getFirst());
        PrivateFiles.file(own.resolve("node.toml"), ReadyConfiguration.node(node, first));
        return new NodeEntry(key, DrawingKey.create(own.resolve("vrf.key"), random));
    }

    private PublicKey key(String name, Role role, KeyPlan keyPlan, Path own) {
        switch (keyPlan) {
            case KeyPlan.Enrolled(var known) -> {
                admit(new Member(name, role, known, "enrolled"));
                return known;
            }
            case KeyPlan.Token token -> {
                try (var signer = inToken(token)) {
                    return admit(name, role, signer);
                }
            }
            case KeyPlan.Trial() -> {
                try (KeySigner signer = TrialKeyFolder.create(own, random)) {
                    return admit(name, role, signer);
                }
            }
        }
    }

    /// The key that is there, or a new one.
    private static KeySigner inToken(KeyPlan.Token token) {
        try {
            return new KeySigner(Pkcs11Key.open(token.uri(), token.pin()));
        } catch (KeyException problem) {
            if (problem.reason() != KeyException.Reason.KEY_MISSING) {
                throw problem;
            }
            return new KeySigner(Pkcs11Key.generate(token.uri(), token.pin()));
        }
    }

    private PublicKey admit(String name, Role role, KeySigner signer) {
        return admit(new Member(name, role, signer.publicKey(), signer.kind().label()));
    }

    private PublicKey admit(Member member) {
        members.add(member);
        if (plan.size() >= LARGE) {
            progress.reached(members.size());
        }
        return member.key();
    }
}

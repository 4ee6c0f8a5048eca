package energy.cryptometer.provisioning.community;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
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
import energy.cryptometer.provisioning.description.CommunityDescription;
import energy.cryptometer.provisioning.description.KeySource;
import energy.cryptometer.provisioning.description.Role;
import energy.cryptometer.provisioning.key.PrivateFiles;
import energy.cryptometer.provisioning.key.TrialKeyFolder;
import energy.cryptometer.provisioning.key.VrfKeyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Makes the keys of a community, signs its genesis and writes its folder. Used once.
public final class CommunityBuilder {
    private final CommunityDescription description;
    private final Path folder;
    private final SecureRandom random;
    private final List<Member> members = new ArrayList<>();
    private final LongConsumer progress;

    private CommunityBuilder(
            CommunityDescription description,
            Path folder,
            SecureRandom random,
            LongConsumer progress) {
        this.description = description;
        this.folder = folder;
        this.random = random;
        this.progress = progress;
    }

    /// Makes the community in the folder, which must be empty or not exist.
    ///
    /// @param progress is told how many keys are known, of [#keys]
    /// @throws CommandFailure if the folder is occupied or cannot be written
    /// @throws KeyException if a token refuses
    public static NewCommunity build(
            CommunityDescription description,
            Path place,
            SecureRandom random,
            LongConsumer progress) {
        try (CommunityFolder folder = CommunityFolder.begin(place)) {
            var builder = new CommunityBuilder(description, folder.path(), random, progress);
            Genesis genesis = builder.write();
            return new NewCommunity(folder.finish(), genesis.community(), builder.members);
        }
    }

    /// How many keys such a community has: those of its members, of its authority and of its plant.
    public static long keys(CommunityDescription description) {
        return description.size() + 2L;
    }

    private Genesis write() {
        try (KeySigner authority = ownKey(Role.AUTHORITY);
                KeySigner plant = ownKey(Role.PLANT)) {
            CommunityDescription.Parameters parameters = description.parameters();
            Genesis genesis =
                    new Genesis(
                            parameters.name(),
                            parameters.schedule(),
                            parameters.policy(),
                            parameters.election(),
                            authority.publicKey(),
                            plant.publicKey(),
                            description.meters().stream().map(this::meter).toList(),
                            description.participants().stream().map(this::participant).toList(),
                            new NodeSet(description.nodes().stream().map(this::node).toList()));
            PrivateFiles.file(
                    folder.resolve(NewCommunity.GENESIS_FILE),
                    GenesisCodec.sign(genesis, authority));
            PrivateFiles.file(
                    folder.resolve(NewCommunity.ACCOUNTS_FILE),
                    NewCommunity.accounts(members) + "\n");
            return genesis;
        } catch (IllegalArgumentException inconsistent) {
            // Two names for one key in a token: only the token itself shows that.
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

    private MeterEntry meter(CommunityDescription.Meter meter) {
        Path own = PrivateFiles.folder(folder.resolve("meters").resolve(meter.name()));
        PublicKey key = key(meter.name(), Role.METER, meter.key(), own);
        PrivateFiles.file(
                own.resolve("cryptometer.toml"),
                InitialConfiguration.meter(meter, description.nodes()));
        CommunityDescription.Plate plate = meter.plate();
        return new MeterEntry(
                key, meter.serial(), plate.midClass(), plate.constant(), plate.ratedPowerWatts());
    }

    private ParticipantEntry participant(CommunityDescription.Participant participant) {
        Path own = folder.resolve("participants").resolve(participant.name());
        PublicKey key = key(participant.name(), Role.PARTICIPANT, participant.key(), own);
        return new ParticipantEntry(key, participant.sharePartsPerMillion());
    }

    private NodeEntry node(CommunityDescription.Node node) {
        Path own = PrivateFiles.folder(folder.resolve("nodes").resolve(node.name()));
        PublicKey key = key(node.name(), Role.NODE, node.key(), own);
        boolean first = node.equals(description.nodes().getFirst());
        PrivateFiles.file(own.resolve("node.toml"), InitialConfiguration.node(node, first));
        return new NodeEntry(key, VrfKeyFile.create(own.resolve("vrf.key"), random));
    }

    private PublicKey key(String name, Role role, KeySource source, Path own) {
        switch (source) {
            case KeySource.Enrolled(var known) -> {
                admit(new Member(name, role, known, Optional.empty()));
                return known;
            }
            case KeySource.Token token -> {
                try (var signer = inToken(token)) {
                    return admit(name, role, signer);
                }
            }
            case KeySource.Trial() -> {
                try (KeySigner signer = TrialKeyFolder.create(own, random)) {
                    return admit(name, role, signer);
                }
            }
        }
    }

    /// The key that is there, or a new one.
    private static KeySigner inToken(KeySource.Token token) {
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
        return admit(new Member(name, role, signer.publicKey(), Optional.of(signer.kind())));
    }

    private PublicKey admit(Member member) {
        members.add(member);
        progress.accept(members.size());
        return member.key();
    }
}

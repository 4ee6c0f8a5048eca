package energy.cryptometer.ledger.community;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.cose.Sign1;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.unit.StepSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The genesis as bytes: a COSE_Sign1 by the authority, whose payload's SHA-256 names the
/// community. Its `external_aad` is `cryptometer-genesis-1`.
public final class GenesisCodec {
    /// Format version of the genesis.
    public static final int VERSION = 1;

    /// Largest signed genesis, in bytes.
    public static final int MAX_BYTES = 256 * 1024;

    private static final byte[] AAD = "cryptometer-genesis-1".getBytes(StandardCharsets.US_ASCII);

    private GenesisCodec() {}

    /// Signs the genesis with the authority's key.
    ///
    /// @throws IllegalArgumentException if the signer is not the authority
    public static byte[] sign(Genesis genesis, Signer authority) {
        if (!authority.publicKey().equals(genesis.authority())) {
            throw new IllegalArgumentException(
                    "genesis names authority %s, signer is %s"
                            .formatted(genesis.authority(), authority.publicKey()));
        }
        return Sign1.sign(authority, payload(genesis), AAD).encode();
    }

    /// Decodes a signed genesis and checks that the authority it names has signed it. Whether this
    /// is the right authority only its reader can know: compare the community id.
    ///
    /// @throws MalformedException naming what is wrong
    public static Genesis decode(byte[] signed) throws MalformedException {
        if (signed.length > MAX_BYTES) {
            throw new MalformedException(
                    "genesis has %d bytes, limit %d".formatted(signed.length, MAX_BYTES));
        }
        Sign1 envelope = Sign1.decode(signed);
        Genesis genesis = read(envelope.payload());
        SignatureVerdict verdict = envelope.verify(genesis.authority(), AAD);
        if (!(verdict instanceof SignatureVerdict.Valid)) {
            throw new MalformedException("genesis signature by its authority: " + verdict);
        }
        return genesis;
    }

    static byte[] payload(Genesis genesis) {
        CborWriter writer = new CborWriter();
        StepSchedule schedule = genesis.schedule();
        ElectionTerms election = genesis.election();
        writer.array(11)
                .unsigned(VERSION)
                .text(genesis.name())
                .array(4)
                .unsigned(schedule.origin().getEpochSecond())
                .unsigned(schedule.length().toSeconds())
                .unsigned(schedule.collect().toSeconds())
                .unsigned(schedule.propose().toSeconds())
                .unsigned(genesis.policy().maxPulsesPerTransaction())
                .bool(genesis.policy().hardwareKeysRequired())
                .array(4)
                .unsigned(election.rule().code())
                .unsigned(election.alpha())
                .unsigned(election.beta())
                .unsigned(election.gamma())
                .bytes(genesis.authority().compressed())
                .bytes(genesis.plant().compressed());
        writeEntries(writer, genesis.meters());
        writeEntries(writer, genesis.participants());
        writeEntries(writer, genesis.nodes().nodes());
        return writer.toByteArray();
    }

    private static void writeEntries(CborWriter writer, List<? extends Entry> entries) {
        writer.array(entries.size());
        entries.forEach(entry -> entry.write(writer));
    }

    private static Genesis read(byte[] payload) throws MalformedException {
        try {
            CborReader reader = new CborReader(payload);
            reader.arrayOf("genesis", 11);
            long version = reader.unsigned("genesis version", Integer.MAX_VALUE);
            if (version != VERSION) {
                throw new MalformedException(
                        "genesis version %d is not known, expected %d".formatted(version, VERSION));
            }
            String name = reader.text("community name", Genesis.MAX_NAME_BYTES);
            StepSchedule schedule = readSchedule(reader);
            int maxPulses = (int) reader.unsigned("pulses per transaction", 1000);
            Genesis.Policy policy =
                    new Genesis.Policy(maxPulses, reader.bool("hardware keys required"));
            ElectionTerms election = readElection(reader);
            PublicKey authority = PublicKey.of(reader.bytesOf("authority key", 33));
            PublicKey plant = PublicKey.of(reader.bytesOf("virtual power plant key", 33));
            Genesis genesis =
                    new Genesis(
                            name,
                            schedule,
                            policy,
                            election,
                            authority,
                            plant,
                            readEntries(reader, MeterEntry.class, Genesis.MAX_METERS),
                            readEntries(reader, ParticipantEntry.class, Genesis.MAX_PARTICIPANTS),
                            new NodeSet(readEntries(reader, NodeEntry.class, NodeSet.MAX_NODES)));
            reader.end("genesis");
            requireCanonical(genesis, payload);
            return genesis;
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("genesis: " + refused.getMessage());
        }
    }

    private static void requireCanonical(Genesis genesis, byte[] payload)
            throws MalformedException {
        if (!Arrays.equals(payload(genesis), payload)) {
            throw new MalformedException("genesis: members are not in ascending order");
        }
    }

    private static StepSchedule readSchedule(CborReader reader) throws MalformedException {
        long day = StepSchedule.MAX_LENGTH.toSeconds();
        reader.arrayOf("step schedule", 4);
        return new StepSchedule(
                Instant.ofEpochSecond(reader.unsigned("origin", StepSchedule.MAX_ORIGIN_SECONDS)),
                Duration.ofSeconds(reader.unsigned("step length", day)),
                Duration.ofSeconds(reader.unsigned("collect time", day)),
                Duration.ofSeconds(reader.unsigned("propose time", day)));
    }

    private static ElectionTerms readElection(CborReader reader) throws MalformedException {
        reader.arrayOf("election terms", 4);
        return new ElectionTerms(
                SelectionRule.ofCode(reader.unsigned("selection rule", 255)),
                (int) reader.unsigned("alpha", ElectionTerms.WHOLE),
                (int) reader.unsigned("beta", ElectionTerms.WHOLE),
                (int) reader.unsigned("gamma", ElectionTerms.WHOLE));
    }

    private static <E extends Entry> List<E> readEntries(CborReader reader, Class<E> kind, int max)
            throws MalformedException {
        int count = reader.array("entries", max);
        List<E> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Entry entry = Entry.read(reader);
            if (!kind.isInstance(entry)) {
                throw new MalformedException(
                        "entry of kind %d stands among %s".formatted(entry.kind(), kind));
            }
            entries.add(kind.cast(entry));
        }
        return entries;
    }
}

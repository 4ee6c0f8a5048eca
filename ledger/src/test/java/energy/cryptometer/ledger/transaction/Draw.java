package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.community.Entry;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.community.NodeEntry;
import energy.cryptometer.ledger.community.ParticipantEntry;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.SoftwareSigner;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Random values of everything a transaction may hold, edges included.
public final class Draw {
    private final RandomGenerator random;

    public Draw(RandomGenerator random) {
        this.random = random;
    }

    public Transaction transaction(TransactionType type) {
        return transaction(type, link());
    }

    /// A transaction of this type at this place of its sender's chain.
    public Transaction transaction(TransactionType type, ChainLink link) {
        return switch (type) {
            case GENERATION -> generation(link);
            case TRANSFER -> new Transfer(link, range(), account(), energy());
            case ALLOCATION -> new Allocation(link, step(), hashes(), credits());
            case OFFER ->
                    new Offer(
                            link,
                            new Height(number(1, Height.MAX_VALUE)),
                            number(1, Energy.MAX_MILLIWATT_HOURS));
            case METER_EVENT ->
                    new MeterEvent(link, capture(), oneOf(MeterEventKind.values()), detail());
            case REGISTRATION -> registration(link);
            case CONSUMPTION -> new Consumption(link, step(), account(), energy());
            case EVIDENCE -> new Evidence(link, bytes(1 + random.nextInt(60)), bytes(61));
        };
    }

    public ChainLink link() {
        return new ChainLink(number(1, ChainLink.MAX_SEQUENCE), hash());
    }

    public Generation generation(ChainLink link) {
        int pulses = random.nextInt(3) == 0 ? (int) number(1, Generation.MAX_PULSES) : 1;
        return new Generation(
                link,
                number(pulses, PulseConstant.MAX_COUNT),
                pulses,
                capture(),
                oneOf(PulseStatus.values()));
    }

    public Capture capture() {
        return Capture.ofMillis(number(0, Capture.MAX_MILLIS), oneOf(ClockQuality.values()));
    }

    /// From one bound to the other, both included and often hit, small numbers as often as large.
    public long number(long min, long max) {
        return switch (random.nextInt(8)) {
            case 0 -> min;
            case 1 -> max;
            default -> min + (random.nextLong(max - min + 1) >> random.nextInt(48));
        };
    }

    public Hash hash() {
        return Hash.of(bytes(32));
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    public SoftwareSigner signer() {
        byte[] secret = bytes(32);
        secret[0] &= 0x7f; // below the order of the group
        return Es256.signer(secret);
    }

    public <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    public AccountId account() {
        return new AccountId(hash());
    }

    public Energy energy() {
        return new Energy(number(0, Energy.MAX_MILLIWATT_HOURS));
    }

    public MarketStep step() {
        return new MarketStep(number(0, MarketStep.MAX_INDEX));
    }

    public PulseRange range() {
        long first = number(1, ChainLink.MAX_SEQUENCE);
        long before = number(0, PulseConstant.MAX_COUNT - 1);
        return new PulseRange(
                step(),
                first,
                number(first, ChainLink.MAX_SEQUENCE),
                before,
                number(before + 1, PulseConstant.MAX_COUNT));
    }

    private List<Hash> hashes() {
        return Stream.generate(this::hash).limit(1 + random.nextInt(5)).sorted().toList();
    }

    private List<Credit> credits() {
        return Stream.generate(this::account)
                .limit(1 + random.nextInt(5))
                .sorted()
                .map(account -> new Credit(account, energy()))
                .toList();
    }

    private MeterEvent.Detail detail() {
        String text = "kWh äöü ✓".repeat(5).substring(0, random.nextInt(30));
        return new MeterEvent.Detail(
                number(0, MeterEvent.Detail.MAX), number(0, MeterEvent.Detail.MAX), text);
    }

    private Registration registration(ChainLink link) {
        List<Entry> admitted = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            admitted.add(entry());
        }
        List<AccountId> revoked =
                Stream.generate(this::account).limit(1 + random.nextInt(3)).toList();
        return new Registration(link, admitted, revoked);
    }

    private Entry entry() {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new MeterEntry(
                            signer().publicKey(),
                            "Zähler " + random.nextInt(1000),
                            oneOf(MidClass.values()),
                            new PulseConstant((int) number(1, PulseConstant.MAX)),
                            (int) number(1, MeterEntry.MAX_RATED_POWER_WATTS));
            case 1 ->
                    new ParticipantEntry(
                            signer().publicKey(), (int) number(0, ParticipantEntry.WHOLE));
            default -> {
                byte[] secret = bytes(32);
                secret[0] &= 0x7f;
                yield new NodeEntry(signer().publicKey(), VrfSecretKey.of(secret).publicKey());
            }
        };
    }
}

package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.community.Entry;
import energy.cryptometer.ledger.community.MeterEntry;
import energy.cryptometer.ledger.community.MidClass;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.ClockQuality;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// The longest transaction of each type that its own bounds allow.
final class Largest {
    private static final ChainLink LINK =
            new ChainLink(ChainLink.MAX_SEQUENCE, new Draw(new Random(1)).hash());
    private static final Capture CAPTURE =
            Capture.ofMillis(Capture.MAX_MILLIS, ClockQuality.SYNCHRONISED);
    private static final MarketStep STEP = new MarketStep(MarketStep.MAX_INDEX);
    private static final Energy ENERGY = new Energy(Energy.MAX_MILLIWATT_HOURS);

    private Largest() {}

    static Transaction of(TransactionType type) {
        Draw draw = new Draw(new Random(2));
        return switch (type) {
            case GENERATION ->
                    new Generation(
                            LINK,
                            PulseConstant.MAX_COUNT,
                            Generation.MAX_PULSES,
                            CAPTURE,
                            PulseStatus.REPLAYED);
            case TRANSFER -> new Transfer(LINK, range(), draw.account(), ENERGY);
            case ALLOCATION ->
                    new Allocation(
                            LINK,
                            STEP,
                            sorted(draw, Allocation.MAX_TRANSFERS),
                            sorted(draw, Allocation.MAX_CREDITS).stream()
                                    .map(hash -> new Credit(new AccountId(hash), ENERGY))
                                    .toList());
            case OFFER -> new Offer(LINK, new Height(Height.MAX_VALUE), Energy.MAX_MILLIWATT_HOURS);
            case METER_EVENT ->
                    new MeterEvent(
                            LINK,
                            CAPTURE,
                            MeterEventKind.UNDERVOLTAGE,
                            new MeterEvent.Detail(
                                    MeterEvent.Detail.MAX, MeterEvent.Detail.MAX, "x".repeat(64)));
            case REGISTRATION ->
                    new Registration(
                            LINK,
                            Collections.nCopies(
                                    Registration.MAX_CHANGES, meter(draw.signer().publicKey())),
                            sorted(draw, Registration.MAX_CHANGES).stream()
                                    .map(AccountId::new)
                                    .toList());
            case CONSUMPTION -> new Consumption(LINK, STEP, draw.account(), ENERGY);
            case EVIDENCE ->
                    new Evidence(
                            LINK,
                            draw.bytes(Evidence.MAX_MESSAGE_BYTES),
                            draw.bytes(Evidence.MAX_MESSAGE_BYTES));
        };
    }

    private static Entry meter(PublicKey key) {
        return new MeterEntry(
                key,
                "x".repeat(MeterEntry.MAX_SERIAL_BYTES),
                MidClass.C,
                new PulseConstant(PulseConstant.MAX),
                MeterEntry.MAX_RATED_POWER_WATTS);
    }

    private static PulseRange range() {
        return new PulseRange(
                STEP,
                ChainLink.MAX_SEQUENCE,
                ChainLink.MAX_SEQUENCE,
                PulseConstant.MAX_COUNT - 1,
                PulseConstant.MAX_COUNT);
    }

    private static List<Hash> sorted(Draw draw, int count) {
        return Stream.generate(draw::hash).limit(count).sorted().toList();
    }
}

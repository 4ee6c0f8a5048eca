package energy.cryptometer.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Seeds;
import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.Structure;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.state.PlantAccount.WaitingTransfer;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.Draw;
import energy.cryptometer.ledger.transaction.PendingPulses;
import energy.cryptometer.ledger.transaction.PulseRange;
import energy.cryptometer.ledger.unit.Energy;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.MarketStep;
import energy.cryptometer.ledger.unit.PulseConstant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Leaves of the state tree as bytes.
class AccountTest {
    private static final Strict.Format<Account> LEAF =
            new Strict.Format<>() {
                @Override
                public byte[] encode(Account value) {
                    return value.encode();
                }

                @Override
                public Account decode(byte[] bytes) throws MalformedException {
                    return Account.decode(bytes);
                }
            };

    private static Account random(Draw draw, int kind) {
        return switch (kind) {
            case 1 ->
                    new MeterAccount(
                            draw.account(),
                            new PulseConstant((int) draw.number(1, PulseConstant.MAX)),
                            draw.link(),
                            draw.number(0, PulseConstant.MAX_COUNT),
                            new PendingPulses(
                                    Stream.generate(draw::range)
                                            .limit(draw.number(0, 3))
                                            .toList()));
            case 2 ->
                    new ParticipantAccount(
                            draw.account(),
                            (int) draw.number(0, 1_000_000),
                            draw.energy(),
                            draw.number(0, Energy.MAX_MILLIWATT_HOURS));
            case 3 ->
                    new PlantAccount(
                            draw.account(),
                            draw.link(),
                            draw.energy(),
                            draw.energy(),
                            Stream.generate(() -> waiting(draw)).limit(draw.number(0, 3)).toList());
            default ->
                    new NodeAccount(
                            draw.account(),
                            new Height(draw.number(0, Height.MAX_VALUE)),
                            draw.number(0, Height.MAX_VALUE));
        };
    }

    private static WaitingTransfer waiting(Draw draw) {
        return new WaitingTransfer(draw.hash(), draw.step(), draw.energy());
    }

    @Test
    void everyLeafHasOneSpelling() {
        Seeds.forAll(
                200,
                random -> {
                    Account account = random(new Draw(random), 1 + random.nextInt(4));
                    Strict.roundTrip(LEAF, account);
                    assertThat(Structure.upokecenter(account.encode()))
                            .isEqualTo(Structure.authlete(account.encode()));
                });
        for (int kind = 1; kind <= 4; kind++) {
            int fixed = kind;
            Seeds.forAll(3, random -> Strict.noTwoSpellings(LEAF, random(new Draw(random), fixed)));
            Strict.neitherShorterNorLonger(LEAF, random(new Draw(new Random(kind)), kind));
        }
    }

    @Test
    void theLargestLeavesFit() throws Exception {
        Draw draw = new Draw(new Random(1));
        ChainLink link = new ChainLink(ChainLink.MAX_SEQUENCE, draw.hash());
        MarketStep step = new MarketStep(MarketStep.MAX_INDEX);
        Energy energy = new Energy(Energy.MAX_MILLIWATT_HOURS);
        PulseRange range =
                new PulseRange(
                        step,
                        ChainLink.MAX_SEQUENCE,
                        ChainLink.MAX_SEQUENCE,
                        PulseConstant.MAX_COUNT - 1,
                        PulseConstant.MAX_COUNT);
        Account meter =
                new MeterAccount(
                        draw.account(),
                        new PulseConstant(PulseConstant.MAX),
                        link,
                        PulseConstant.MAX_COUNT,
                        new PendingPulses(Collections.nCopies(MeterAccount.MAX_PENDING, range)));
        Account plant =
                new PlantAccount(
                        draw.account(),
                        link,
                        energy,
                        energy,
                        Collections.nCopies(
                                PlantAccount.MAX_WAITING,
                                new WaitingTransfer(draw.hash(), step, energy)));
        assertThat(Account.decode(meter.encode())).isEqualTo(meter);
        assertThat(Account.decode(plant.encode())).isEqualTo(plant);
    }

    @Test
    void leavesStandByKindAndAccount() {
        Accounts accounts = Accounts.of(new SmallCommunity().genesis);
        List<Account> leaves = accounts.leaves();
        assertThat(leaves)
                .isSortedAccordingTo(
                        Comparator.comparingInt(Account::kind).thenComparing(Account::account));
        assertThat(leaves).extracting(Account::kind).containsExactly(1, 1, 2, 2, 3, 4);
        assertThat(accounts.tree().size()).isEqualTo(6);
    }

    @Test
    void leavesOutsideTheirBoundsAreRefused() {
        Draw draw = new Draw(new Random(1));
        assertThatThrownBy(() -> Account.decode(new byte[Account.MAX_BYTES + 1]))
                .hasMessage("state leaf has 65537 bytes, limit 65536");
        byte[] leaf = random(draw, 4).encode();
        leaf[1] = 0;
        assertThatThrownBy(() -> Account.decode(leaf))
                .hasMessage("account kind 0 is outside 1 to 4");
        byte[] longer = random(draw, 4).encode();
        longer[0] = (byte) 0x85;
        assertThatThrownBy(() -> Account.decode(longer)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() ->
                        new MeterAccount(
                                draw.account(),
                                new PulseConstant(1),
                                draw.link(),
                                -1,
                                PendingPulses.NONE))
                .hasMessage("meter account with count -1 and 0 pending ranges");
        assertThatThrownBy(() -> new ParticipantAccount(draw.account(), 0, Energy.ZERO, -1))
                .hasMessageContaining("-1 tokens");
        assertThatThrownBy(() -> new NodeAccount(draw.account(), Height.GENESIS, -1))
                .hasMessage("node has proposed -1 blocks");
    }

    @Test
    void aTokenIsMintedWithEachMilliwattHour() {
        SmallCommunity small = new SmallCommunity();
        ParticipantAccount fresh =
                ParticipantAccount.fresh(small.genesis.participants().getFirst());
        ParticipantAccount credited = fresh.credit(new Energy(5)).credit(new Energy(7));
        assertThat(credited.credited()).isEqualTo(new Energy(12));
        assertThat(credited.tokens()).isEqualTo(12);
    }
}

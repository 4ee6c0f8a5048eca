package energy.cryptometer.fullnode.voting;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.transaction.Allocation;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlockAssemblyTest {
    private final SmallCommunity community = new SmallCommunity();
    private final ChainState chain = ChainState.of(community.genesis);
    private final KeyId a = community.meterA.publicKey().id();
    private final KeyId b = community.meterB.publicKey().id();

    private List<SignedTransaction> step(Signer signer, int pulses) {
        ScriptedMeter meter = new ScriptedMeter(community.genesis, signer);
        List<SignedTransaction> all =
                new ArrayList<>(meter.pulses(pulses, SmallCommunity.ORIGIN, 10));
        all.add(meter.transfer());
        return all;
    }

    private Map<KeyId, List<SignedTransaction>> waiting(int pulsesOfA, int pulsesOfB) {
        return new TreeMap<>(
                Map.of(a, step(community.meterA, pulsesOfA), b, step(community.meterB, pulsesOfB)));
    }

    private List<SignedTransaction> choose(
            Map<KeyId, List<SignedTransaction>> waiting, BlockLimits limits) {
        return BlockAssembly.choose(chain, waiting, Optional.of(community.plant), limits);
    }

    private static long of(List<SignedTransaction> chosen, KeyId signer) {
        return chosen.stream().filter(one -> one.signer().equals(signer)).count();
    }

    @Test
    void everythingFitsAndOneAllocationDividesBothTransfers() {
        List<SignedTransaction> chosen = choose(waiting(20, 10), BlockLimits.USUAL);
        assertThat(chosen).hasSize(21 + 11 + 1);
        assertThat(chosen.getLast().content())
                .isInstanceOfSatisfying(
                        Allocation.class,
                        allocation -> assertThat(allocation.transfers()).hasSize(2));
    }

    @Test
    void aMeterWithABacklogLeavesRoomForTheOthers() {
        List<SignedTransaction> chosen = choose(waiting(500, 10), new BlockLimits(100, 1 << 20));
        assertThat(of(chosen, b)).isEqualTo(11);
        assertThat(of(chosen, a)).isEqualTo(89);
    }

    @Test
    void twoBacklogsShareABlock() {
        List<SignedTransaction> chosen = choose(waiting(500, 500), new BlockLimits(100, 1 << 20));
        assertThat(of(chosen, a)).isEqualTo(50);
        assertThat(of(chosen, b)).isEqualTo(50);
        assertThat(chosen).noneMatch(one -> one.content() instanceof Transfer);
    }

    @Test
    void theBytesOfABlockAreBoundedToo() {
        List<SignedTransaction> chosen =
                choose(waiting(1000, 1000), new BlockLimits(60_000, 64 * 1024));
        assertThat(chosen).hasSizeBetween(900, 1020);
        assertThat(lengthOf(chosen, a) + lengthOf(chosen, b)).isBetween(64 * 1024 - 100, 64 * 1024);
    }

    private static int lengthOf(List<SignedTransaction> chosen, KeyId meter) {
        return new Batch(chosen.stream().filter(one -> one.signer().equals(meter)).toList())
                .encode()
                .length;
    }

    @Test
    void withoutThePlantsKeyTransfersWait() {
        List<SignedTransaction> chosen =
                BlockAssembly.choose(chain, waiting(5, 5), Optional.empty(), BlockLimits.USUAL);
        assertThat(chosen).hasSize(12);
    }
}

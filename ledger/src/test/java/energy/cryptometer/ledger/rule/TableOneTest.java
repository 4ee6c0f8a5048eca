package energy.cryptometer.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.state.ParticipantAccount;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Energy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The paper's Table 1 from pulse to virtual generation meter, at a hundredth of the energy.
class TableOneTest {
    private final SmallCommunity community = new SmallCommunity();

    @Test
    void fifteenAndTenBecomeEightAndSeventeen() throws Exception {
        List<SignedTransaction> transactions = tableOne();
        ChainState genesis = ChainState.of(community.genesis);
        Block built = community.block(genesis, transactions);
        Block block =
                Block.decode(
                        built.encode(community.genesis.community()), community.genesis.community());
        assertThat(block).isEqualTo(built);

        ChainState chain = accepted(new BlockRules(community.genesis).append(genesis, block));

        assertThat(chain.accounts().plant().received()).isEqualTo(Energy.ofMilliwattHours(250_000));
        assertThat(chain.accounts().plant().allocated())
                .isEqualTo(Energy.ofMilliwattHours(250_000));
        assertThat(credited(chain, community.participantX.publicKey()))
                .isEqualTo(Energy.ofMilliwattHours(80_000));
        assertThat(credited(chain, community.participantY.publicKey()))
                .isEqualTo(Energy.ofMilliwattHours(170_000));
    }

    @Test
    void anEmptyStepStillHasItsBlock() {
        BlockRules rules = new BlockRules(community.genesis);
        ChainState chain = ChainState.of(community.genesis);
        for (int i = 0; i < 5; i++) {
            chain = accepted(rules.append(chain, community.block(chain, List.of())));
        }
        assertThat(chain.tip().height().value()).isEqualTo(5);
    }

    private List<SignedTransaction> tableOne() {
        ScriptedMeter a = new ScriptedMeter(community.genesis, community.meterA);
        ScriptedMeter b = new ScriptedMeter(community.genesis, community.meterB);
        List<SignedTransaction> transactions = new ArrayList<>();
        transactions.addAll(a.pulses(150, SmallCommunity.ORIGIN.plusSeconds(1), 730));
        transactions.add(a.transfer());
        transactions.addAll(b.pulses(100, SmallCommunity.ORIGIN.plusSeconds(2), 1210));
        transactions.add(b.transfer());
        Transition transition =
                new Transition(
                        community.genesis,
                        ChainState.of(community.genesis).accounts(),
                        community.genesis.schedule().stepAt(SmallCommunity.ORIGIN));
        transactions.forEach(transaction ->
                assertThat(transition.applyToMeter(transaction))
                        .isInstanceOf(Outcome.Accepted.class));
        transactions.add(
                SignedTransaction.sign(
                        transition.dueAllocations().getFirst().at(ChainLink.first()),
                        community.plant,
                        community.genesis.community()));
        return transactions;
    }

    private static Energy credited(ChainState chain, PublicKey participant) {
        return chain.accounts().leaves().stream()
                .filter(ParticipantAccount.class::isInstance)
                .map(ParticipantAccount.class::cast)
                .filter(account -> account.account().equals(AccountId.of(participant)))
                .map(ParticipantAccount::credited)
                .findFirst()
                .orElseThrow();
    }

    static <T> T accepted(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted<T>) outcome).value();
    }
}

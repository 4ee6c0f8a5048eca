package energy.cryptometer.firmware;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.NodeAddress;
import energy.cryptometer.transport.message.Accepted;
import energy.cryptometer.transport.message.Answer;
import energy.cryptometer.transport.message.ChainPosition;
import energy.cryptometer.transport.message.ChainProofs;
import energy.cryptometer.transport.message.HeaderPage;
import energy.cryptometer.transport.message.NodeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// An honest node in memory that knows one meter: no socket, no thread, no clock. It approves a
/// block when it is told to.
public final class MemoryNode implements NodeClient {
    private final WorkbenchChain chain;
    private final List<SignedTransaction> pending = new ArrayList<>();
    private ChainLink next = ChainLink.first();
    private boolean away;

    public MemoryNode(WorkbenchChain chain) {
        this.chain = chain;
    }

    /// Whether nobody can reach it from now on.
    public void away(boolean isAway) {
        away = isAway;
    }

    /// Approves the next block, with everything that has come.
    public void approve() {
        chain.approve(List.copyOf(pending));
        pending.clear();
    }

    private <T> Answer<T> answer(Optional<T> value) {
        if (away) {
            return new Answer.Unreachable<>(address() + ": no answer");
        }
        return value.<Answer<T>>map(Answer.Got::new)
                .orElseGet(() ->
                        new Answer.Refused<>(CoapCode.NOT_FOUND, "not here", Optional.empty()));
    }

    @Override
    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", 5683);
    }

    @Override
    public Answer<Accepted> submit(Batch batch) {
        if (!away) {
            for (SignedTransaction transaction : batch.transactions()) {
                if (transaction.content().link().equals(next)) {
                    pending.add(transaction);
                    next = transaction.next();
                }
            }
        }
        return answer(Optional.of(new Accepted(next.sequence() - 1)));
    }

    @Override
    public Answer<SignedHeader> head() {
        return answer(chain.header(chain.head()));
    }

    @Override
    public Answer<HeaderPage> headers(Height from, int count) {
        List<SignedHeader> page =
                LongStream.range(from.value(), from.value() + count)
                        .mapToObj(Height::new)
                        .flatMap(height -> chain.header(height).stream())
                        .toList();
        return answer(Optional.of(new HeaderPage(page)));
    }

    @Override
    public Answer<ChainPosition> chain(KeyId signer) {
        return answer(Optional.of(new ChainPosition(next, next)));
    }

    @Override
    public Answer<ChainProofs> chainProofs(KeyId signer, Height height) {
        return answer(Optional.of(new ChainProofs(chain.proofs(signer, height))));
    }

    @Override
    public Answer<Block> block(Height height) {
        return answer(Optional.empty());
    }

    @Override
    public Answer<TransactionProof> transactionProof(Hash id) {
        return answer(Optional.empty());
    }

    @Override
    public Answer<HeaderProof> headerProof(Height height, Height head) {
        return answer(Optional.empty());
    }

    @Override
    public Answer<AccountProof> account(AccountId account, Height height) {
        return answer(Optional.empty());
    }
}

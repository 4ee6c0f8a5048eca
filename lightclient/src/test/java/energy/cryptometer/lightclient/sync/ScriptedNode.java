package energy.cryptometer.lightclient.sync;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.transaction.Batch;
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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// A node in memory that knows headers and nothing else, or whatever a test tells it to say of
/// them.
record ScriptedNode(
        NodeAddress address,
        Supplier<Answer<SignedHeader>> newest,
        BiFunction<Height, Integer, Answer<HeaderPage>> pages)
        implements NodeClient {
    /// A node that knows these headers, first height 1.
    static ScriptedNode of(String name, List<SignedHeader> known) {
        return of(name, known, 64);
    }

    /// A node that knows these headers and gives at most `page` at a time.
    static ScriptedNode of(String name, List<SignedHeader> known, int page) {
        return new ScriptedNode(
                new NodeAddress(name, 5683),
                () ->
                        known.isEmpty()
                                ? new Answer.Refused<>(
                                        CoapCode.NOT_FOUND, "no block yet", Optional.empty())
                                : new Answer.Got<>(known.getLast()),
                (from, count) -> {
                    int first = (int) Math.min(known.size(), from.value() - 1);
                    int end = Math.min(known.size(), first + Math.min(page, count));
                    return new Answer.Got<>(new HeaderPage(known.subList(first, end)));
                });
    }

    /// A node that answers everything the same way.
    static ScriptedNode stubborn(Answer<SignedHeader> head, Answer<HeaderPage> headers) {
        return new ScriptedNode(new NodeAddress("stubborn", 5683), () -> head, (_, _) -> headers);
    }

    /// The same, but something happens before each page is given.
    ScriptedNode beforeEachPage(Runnable event) {
        return new ScriptedNode(
                address,
                newest,
                (from, count) -> {
                    event.run();
                    return pages.apply(from, count);
                });
    }

    @Override
    public Answer<SignedHeader> head() {
        return newest.get();
    }

    @Override
    public Answer<HeaderPage> headers(Height from, int count) {
        return pages.apply(from, count);
    }

    private <T> Answer<T> nothing() {
        return new Answer.Unreachable<>(address + ": knows headers only");
    }

    @Override
    public Answer<Accepted> submit(Batch batch) {
        return nothing();
    }

    @Override
    public Answer<Block> block(Height height) {
        return nothing();
    }

    @Override
    public Answer<ChainPosition> chain(KeyId signer) {
        return nothing();
    }

    @Override
    public Answer<TransactionProof> transactionProof(Hash id) {
        return nothing();
    }

    @Override
    public Answer<ChainProofs> chainProofs(KeyId signer, Height height) {
        return nothing();
    }

    @Override
    public Answer<HeaderProof> headerProof(Height height, Height head) {
        return nothing();
    }

    @Override
    public Answer<AccountProof> account(AccountId account, Height height) {
        return nothing();
    }
}

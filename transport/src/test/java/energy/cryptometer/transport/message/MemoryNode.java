package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.ChainLink;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.transport.CoapCode;
import energy.cryptometer.transport.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// An honest node in memory over a chain that is written already. It takes what continues a meter's
/// chain and never makes a block of it.
public final class MemoryNode implements NodeClient {
    /// Leaves of a block's tree before its first transaction.
    private static final int LEAVES_BEFORE = 2;

    private final WrittenChain chain;
    private final Map<KeyId, ChainLink> accepted = new HashMap<>();

    public MemoryNode(WrittenChain chain) {
        this.chain = chain;
    }

    private static <T> Answer<T> refused(CoapCode code, String why) {
        return new Answer.Refused<>(code, why, Optional.empty());
    }

    private <T> Answer<T> approved(Height height, Supplier<T> value) {
        return height.value() >= 1 && height.compareTo(chain.head()) <= 0
                ? new Answer.Got<>(value.get())
                : refused(CoapCode.NOT_FOUND, "no block of " + height);
    }

    @Override
    public NodeAddress address() {
        return new NodeAddress("memory", 5683);
    }

    private Optional<ChainLink> next(KeyId meter) {
        return Optional.ofNullable(accepted.get(meter)).or(() -> chain.next(meter));
    }

    @Override
    public synchronized Answer<Accepted> submit(Batch batch) {
        Optional<ChainLink> next = next(batch.signer());
        if (next.isEmpty()) {
            return refused(CoapCode.FORBIDDEN, "UNKNOWN_SIGNER: " + batch.signer());
        }
        if (batch.link().sequence() > next.get().sequence()) {
            return refused(
                    CoapCode.PRECONDITION_FAILED,
                    "sequence %d, expected %d"
                            .formatted(batch.link().sequence(), next.get().sequence()));
        }
        if (batch.lastSequence() >= next.get().sequence()) {
            accepted.put(batch.signer(), batch.transactions().getLast().next());
        }
        return new Answer.Got<>(new Accepted(batch.lastSequence()));
    }

    @Override
    public Answer<SignedHeader> head() {
        return approved(chain.head(), () -> chain.header(chain.head().value()));
    }

    @Override
    public Answer<HeaderPage> headers(Height from, int count) {
        List<SignedHeader> all = chain.headers();
        int first = (int) Math.min(all.size(), from.value() - 1);
        int end = Math.min(all.size(), first + count);
        return new Answer.Got<>(new HeaderPage(all.subList(first, end)));
    }

    @Override
    public Answer<Block> block(Height height) {
        return approved(height, () -> chain.block(height.value()));
    }

    @Override
    public synchronized Answer<ChainPosition> chain(KeyId signer) {
        Optional<ChainLink> approved = chain.next(signer);
        return approved.isEmpty()
                ? refused(CoapCode.NOT_FOUND, signer + " is no meter of this community")
                : new Answer.Got<>(new ChainPosition(next(signer).orElseThrow(), approved.get()));
    }

    @Override
    public Answer<TransactionProof> transactionProof(Hash id) {
        for (long height = 1; height <= chain.head().value(); height++) {
            List<SignedTransaction> transactions = chain.block(height).body().transactions();
            for (int place = 0; place < transactions.size(); place++) {
                if (transactions.get(place).id().equals(id)) {
                    return new Answer.Got<>(chain.transaction(height, place));
                }
            }
        }
        return refused(CoapCode.NOT_FOUND, "no approved transaction has the id " + id);
    }

    @Override
    public Answer<ChainProofs> chainProofs(KeyId signer, Height height) {
        return approved(height, () -> proofs(chain.block(height.value()), signer));
    }

    private static ChainProofs proofs(Block block, KeyId signer) {
        List<ChainProof> proofs = new ArrayList<>();
        List<SignedTransaction> all = block.body().transactions();
        MerkleTree tree = block.body().tree();
        for (TransactionType type : TransactionType.values()) {
            List<SignedTransaction> own =
                    all.stream()
                            .filter(one -> one.signer().equals(signer))
                            .filter(one -> one.content().type() == type)
                            .toList();
            if (!own.isEmpty()) {
                int first = all.indexOf(own.getFirst()) + LEAVES_BEFORE;
                proofs.add(
                        new ChainProof(
                                block.header().height(),
                                type,
                                own.getFirst().content().sequence(),
                                own.getLast().content().sequence(),
                                tree.range(first, first + own.size())));
            }
        }
        return new ChainProofs(proofs);
    }

    @Override
    public Answer<HeaderProof> headerProof(Height height, Height head) {
        return height.compareTo(head) >= 0
                ? refused(CoapCode.BAD_REQUEST, height + " is not below " + head)
                : approved(head, () -> chain.headerProof(height.value(), head.value()));
    }

    @Override
    public Answer<AccountProof> account(AccountId account, Height height) {
        return Accounts.of(chain.genesis()).indexOf(account).isEmpty()
                ? refused(CoapCode.NOT_FOUND, "no account " + account)
                : approved(height, () -> chain.account(account, height.value()));
    }
}

package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.WrongCommunityException;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Genesis;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.merkle.ProofVerdict;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.Refusal;
import energy.cryptometer.ledger.state.Accounts;
import energy.cryptometer.ledger.state.MeterAccount;
import energy.cryptometer.ledger.unit.Height;

/// A whole chain replayed from the genesis: every signature, every rule, every root. A value; each
/// good block gives the next one.
public final class ChainAudit {
    /// Largest encoded block, in bytes: a block body with header, certificate and their lengths.
    public static final int MAX_BLOCK_BYTES = Body.MAX_BYTES + 64 * 1024;

    private final BlockRules rules;
    private final ChainState chain;
    private final long transactions;

    private ChainAudit(BlockRules rules, ChainState chain, long transactions) {
        this.rules = rules;
        this.chain = chain;
        this.transactions = transactions;
    }

    /// Before the first block.
    public static ChainAudit of(Genesis genesis) {
        return new ChainAudit(new BlockRules(genesis), ChainState.of(genesis), 0);
    }

    /// Audits the next block.
    ///
    /// @return the audit with that block behind it, or why the chain ends here
    public Finding<ChainAudit> append(byte[] encoded) {
        if (encoded.length > MAX_BLOCK_BYTES) {
            return new Finding.Malformed<>(
                    "block has %d bytes, limit %d".formatted(encoded.length, MAX_BLOCK_BYTES));
        }
        try {
            return append(Block.decode(encoded, chain.genesis().community()));
        } catch (WrongCommunityException wrong) {
            return new Finding.WrongChain<>(wrong.found(), wrong.expected());
        } catch (MalformedException malformed) {
            return new Finding.Malformed<>(String.valueOf(malformed.getMessage()));
        }
    }

    private Finding<ChainAudit> append(Block block) {
        return switch (rules.append(chain, block)) {
            case Outcome.Accepted<ChainState>(ChainState next) ->
                    new Finding.Proven<>(
                            new ChainAudit(
                                    rules,
                                    next,
                                    transactions + block.body().transactions().size()));
            case Outcome.Refused<ChainState>(Refusal refusal) -> refused(block, refusal);
        };
    }

    private Finding<ChainAudit> refused(Block block, Refusal refusal) {
        if (refusal.reason() != Refusal.Reason.WRONG_TRANSACTIONS_ROOT) {
            return new Finding.Forged<>(height().next(), refusal);
        }
        Header.Content signed = block.header().content();
        MerkleTree found = block.body().tree();
        return found.size() == signed.count()
                ? new Finding.AlteredBlock<>(
                        new ProofVerdict.RootMismatch(signed.root(), found.root()))
                : new Finding.WrongTreeSize<>(signed.count(), found.size());
    }

    /// Height of the last good block.
    public Height height() {
        return chain.tip().height();
    }

    /// Hash of the last good header.
    public Hash head() {
        return chain.tip().hash();
    }

    /// All transactions so far.
    public long transactions() {
        return transactions;
    }

    /// All pulses so far.
    public long pulses() {
        return accounts().meters().values().stream().mapToLong(MeterAccount::count).sum();
    }

    /// Every account after the last good block.
    public Accounts accounts() {
        return chain.accounts();
    }
}

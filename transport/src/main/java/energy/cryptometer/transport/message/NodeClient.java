package energy.cryptometer.transport.message;

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
import energy.cryptometer.transport.NodeAddress;

/// One community node, seen from outside: what a meter or a light client asks of it. Every call
/// takes bounded time and throws nothing; what comes back is of the protocol, and still has to be
/// verified. Behind it stands a node somewhere on the network ([CoapNodeClient]), or one in memory.
public interface NodeClient {
    /// The node's name in messages; for a node on the network, where it is.
    NodeAddress address();

    /// Hands a batch over. [Accepted] means that it is on the node's disk.
    Answer<Accepted> submit(Batch batch);

    /// The newest approved header.
    Answer<SignedHeader> head();

    /// A page of approved headers, ascending.
    ///
    /// @param count 1 to [Resources#MAX_HEADERS]
    Answer<HeaderPage> headers(Height from, int count);

    Answer<Block> block(Height height);

    /// Where the chain of a sender's transactions stands.
    Answer<ChainPosition> chain(KeyId signer);

    /// A proof that a transaction stands in a block.
    Answer<TransactionProof> transactionProof(Hash id);

    /// Range proofs of all transactions that a sender has in a block.
    Answer<ChainProofs> chainProofs(KeyId signer, Height height);

    /// A proof that an older header belongs to the history of a newer one.
    Answer<HeaderProof> headerProof(Height height, Height head);

    /// An account as it stood after a block.
    Answer<AccountProof> account(AccountId account, Height height);
}

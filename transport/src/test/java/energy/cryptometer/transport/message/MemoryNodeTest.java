package energy.cryptometer.transport.message;

import energy.cryptometer.ledger.unit.AccountId;

class MemoryNodeTest implements NodeClientContract {
    /// A node's view of a chain, asked through this client.
    static Subject of(WrittenChain chain, NodeClient node) {
        return new Subject(
                node,
                chain.community(),
                chain.community.meterA.publicKey().id(),
                AccountId.of(chain.community.participantX.publicKey()),
                chain.nextPulses(4));
    }

    @Override
    public Subject subject() {
        WrittenChain chain = new WrittenChain(4);
        return of(chain, new MemoryNode(chain));
    }
}

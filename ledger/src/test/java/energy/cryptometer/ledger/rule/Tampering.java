package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Certificate;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Header.Election;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.unit.Height;

/// A block with one thing changed and approved again by the one node: everything else is right, so
/// only the rule about that one thing can refuse it.
final class Tampering {
    private final SmallCommunity community;
    private final Block block;

    Tampering(SmallCommunity community, Block block) {
        this.community = community;
        this.block = block;
    }

    private Header header() {
        return block.header();
    }

    private Block approved(Header header, Body body) {
        return new Block(
                header,
                Certificate.ofOne(community.node, header, community.genesis.community()),
                body);
    }

    private Block links(Height height, Hash previous, Hash headersRoot) {
        Header h = header();
        return approved(
                new Header(
                        height,
                        h.round(),
                        previous,
                        headersRoot,
                        h.content(),
                        h.state(),
                        h.nodes(),
                        h.election()),
                block.body());
    }

    Block height(long height) {
        return links(new Height(height), header().previous(), header().headersRoot());
    }

    Block previous(Hash previous) {
        return links(header().height(), previous, header().headersRoot());
    }

    Block headersRoot(Hash root) {
        return links(header().height(), header().previous(), root);
    }

    private Block parts(
            Header.Content content, Header.State state, Header.Nodes nodes, Election election) {
        Header h = header();
        return approved(
                new Header(
                        h.height(),
                        h.round(),
                        h.previous(),
                        h.headersRoot(),
                        content,
                        state,
                        nodes,
                        election),
                block.body());
    }

    Block content(Header.Content content) {
        return parts(content, header().state(), header().nodes(), header().election());
    }

    Block state(Header.State state) {
        return parts(header().content(), state, header().nodes(), header().election());
    }

    Block nodes(Header.Nodes nodes) {
        return parts(header().content(), header().state(), nodes, header().election());
    }

    Block election(Election election) {
        return parts(header().content(), header().state(), header().nodes(), election);
    }

    /// With the tree of another body.
    Block body(Body body) {
        Header h = header();
        MerkleTree tree = body.tree();
        return approved(
                new Header(
                        h.height(),
                        h.round(),
                        h.previous(),
                        h.headersRoot(),
                        new Header.Content(tree.root(), tree.size()),
                        h.state(),
                        h.nodes(),
                        h.election()),
                body);
    }

    /// Approved by somebody else.
    Block certifiedBy(Signer signer) {
        return new Block(
                header(),
                Certificate.ofOne(signer, header(), community.genesis.community()),
                block.body());
    }
}

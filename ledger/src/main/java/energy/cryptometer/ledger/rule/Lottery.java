package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.block.Header.Election;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.NodeSet;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.rule.Refusal.Reason;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import energy.cryptometer.ledger.vrf.VrfPublicKey;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Common randomness and the proposer of a slot for which nobody offered: the node at the place the
/// beacon points to, and in each further round the next one. Offers are not accepted by rules of
/// version 1, so this is every slot.
///
/// Inputs of the random functions: `word || genesis hash || height (8 bytes, big-endian) || beacon
/// before the slot`, where word is `cryptometer-elect-1` for the election proof and
/// `cryptometer-seed-1` for the seed proof.
public final class Lottery {
    /// Root of the candidates' tree when there are none.
    public static final Hash NO_CANDIDATES = MerkleTree.ofEntries(List.of()).root();

    private final Community community;

    public Lottery(Community community) {
        this.community = community;
    }

    /// The beacon before height 1: SHA-256 of `cryptometer-beacon-1 || genesis hash`.
    public Hash firstBeacon() {
        return Hash.sha256(community.bound("cryptometer-beacon-1"));
    }

    /// Index of the proposer: (beacon mod n + round) mod n.
    public int proposer(Hash beacon, Round round, NodeSet nodes) {
        BigInteger start =
                new BigInteger(1, beacon.toBytes()).add(BigInteger.valueOf(round.number()));
        return start.mod(BigInteger.valueOf(nodes.size())).intValueExact();
    }

    /// What the proposer writes into the header.
    ///
    /// @param beacon after the previous block
    public Election prove(Proposer proposer, Hash beacon, Height height, Round round) {
        VrfSecretKey key = proposer.lottery();
        var seedProof = key.prove(input("cryptometer-seed-1", height, beacon));
        Hash seed =
                key.publicKey()
                        .verify(seedProof, input("cryptometer-seed-1", height, beacon))
                        .orElseThrow();
        return new Election(
                NO_CANDIDATES,
                proposer.node(),
                key.prove(input("cryptometer-elect-1", height, beacon)),
                seedProof,
                nextBeacon(beacon, round, seed));
    }

    /// Checks proposer, both proofs and the beacon of a header.
    ///
    /// @param beacon after the previous block
    public Optional<Refusal> check(Header header, Hash beacon, NodeSet nodes) {
        Election election = header.election();
        Optional<Refusal> wrongProposer =
                checkProposer(election.proposer(), beacon, header.round(), nodes);
        if (wrongProposer.isPresent()) {
            return wrongProposer;
        }
        if (!election.candidatesRoot().equals(NO_CANDIDATES)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_SETTLEMENT,
                            "candidates root is %s, expected that of no candidates",
                            election.candidatesRoot()));
        }
        return checkProofs(header, beacon, nodes.get(election.proposer()).vrfKey());
    }

    /// Checks that a node may propose in a round.
    ///
    /// @param beacon after the previous block
    Optional<Refusal> checkProposer(int node, Hash beacon, Round round, NodeSet nodes) {
        int expected = proposer(beacon, round, nodes);
        return node == expected
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Reason.WRONG_PROPOSER,
                                "proposer of %s is node %d, the beacon names node %d",
                                round,
                                node,
                                expected));
    }

    private Optional<Refusal> checkProofs(Header header, Hash beacon, VrfPublicKey key) {
        Election election = header.election();
        byte[] electInput = input("cryptometer-elect-1", header.height(), beacon);
        if (key.verify(election.electionProof(), electInput).isEmpty()) {
            return Optional.of(
                    Refusal.of(Reason.WRONG_ELECTION_PROOF, "election proof does not verify"));
        }
        byte[] seedInput = input("cryptometer-seed-1", header.height(), beacon);
        Optional<Hash> seed = key.verify(election.seedProof(), seedInput);
        if (seed.isEmpty()) {
            return Optional.of(
                    Refusal.of(Reason.WRONG_ELECTION_PROOF, "seed proof does not verify"));
        }
        Hash next = nextBeacon(beacon, header.round(), seed.get());
        if (!election.beacon().equals(next)) {
            return Optional.of(
                    Refusal.of(
                            Reason.WRONG_BEACON,
                            "beacon is %s, expected %s",
                            election.beacon(),
                            next));
        }
        return Optional.empty();
    }

    /// Round 0 mixes the proposer's seed in; a later round does not, so that letting a round fail
    /// wins nobody a second draw.
    private Hash nextBeacon(Hash beacon, Round round, Hash seed) {
        byte[] words = community.bound("cryptometer-beacon-1");
        return round.equals(Round.FIRST)
                ? Hash.sha256(words, beacon.toBytes(), seed.toBytes())
                : Hash.sha256(words, beacon.toBytes());
    }

    private byte[] input(String word, Height height, Hash beacon) {
        byte[] bound = community.bound(word);
        return ByteBuffer.allocate(bound.length + 8 + 32)
                .put(bound)
                .putLong(height.value())
                .put(beacon.toBytes())
                .array();
    }
}

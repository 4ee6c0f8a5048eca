package energy.cryptometer.ledger;

import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.HeaderCodec;
import energy.cryptometer.ledger.block.SignedHeader;
import energy.cryptometer.ledger.block.SignedVote;
import energy.cryptometer.ledger.block.Vote;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.community.GenesisCodec;
import energy.cryptometer.ledger.cose.Sign1;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.proof.AccountProof;
import energy.cryptometer.ledger.proof.ChainProof;
import energy.cryptometer.ledger.proof.HeaderProof;
import energy.cryptometer.ledger.proof.TransactionProof;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.rule.Lottery;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import energy.cryptometer.ledger.unit.Round;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Every worked example of `docs/spec`, by its name there.
final class SpecExamples {
    private final SpecStory story = new SpecStory();
    private final SmallCommunity small = story.small;
    private final Community community = small.genesis.community();
    private final Map<String, byte[]> examples = new LinkedHashMap<>();

    static Map<String, byte[]> all() throws MalformedException {
        SpecExamples spec = new SpecExamples();
        spec.keys();
        spec.genesis();
        spec.envelope();
        spec.payloads();
        spec.batches();
        spec.blocks();
        spec.election();
        spec.proofs();
        return spec.examples;
    }

    private void keys() {
        Map<String, Signer> signers = new LinkedHashMap<>();
        signers.put("authority", small.authority);
        signers.put("plant", small.plant);
        signers.put("A", small.meterA);
        signers.put("B", small.meterB);
        signers.put("X", small.participantX);
        signers.put("Y", small.participantY);
        signers.put("node", small.node);
        signers.forEach(
                (word, signer) -> examples.put("key-" + word, signer.publicKey().compressed()));
        examples.put("key-vrf", small.lottery.publicKey().toBytes());
        examples.put("account-A", AccountId.of(small.meterA.publicKey()).toBytes());
        examples.put("kid-A", small.meterA.publicKey().id().toBytes());
    }

    private void genesis() throws MalformedException {
        byte[] signed = GenesisCodec.sign(small.genesis, small.authority);
        examples.put("genesis-payload", Sign1.decode(signed).payload());
        examples.put("genesis-signed", signed);
        examples.put("community", community.genesis().toBytes());
    }

    private void envelope() {
        SignedTransaction pulse = story.pulsesOfA.getFirst();
        examples.put("transaction-aad", community.transactionAad());
        examples.put(
                "signature-input",
                SignedTransaction.signatureInput(pulse.content(), pulse.signer(), community));
        examples.put("signed-generation", pulse.encode());
        examples.put("transaction-id", pulse.id().toBytes());
    }

    private void payloads() {
        story.oneOfEach.forEach(
                (type, content) -> examples.put("payload-" + name(type), content.payload()));
    }

    private static String name(TransactionType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void batches() {
        examples.put("batch-pulses", new Batch(story.pulsesOfA).encode());
        examples.put("batch-mixed", new Batch(story.allOfB).encode());
    }

    private void blocks() {
        Block block = story.blocks.getFirst();
        examples.put("header", HeaderCodec.encode(block.header(), community));
        examples.put("header-hash", block.header().hash(community.shortId()).toBytes());
        examples.put("vote", Vote.precommit(block.header(), community).payload(community));
        examples.put("vote-aad", community.voteAad());
        examples.put(
                "signed-vote",
                SignedVote.sign(Vote.precommit(block.header(), community), small.node, community)
                        .encode(community));
        examples.put(
                "signed-vote-nil",
                SignedVote.sign(
                                Vote.nil(new Height(1), new Round(3), Vote.Type.PREVOTE),
                                small.node,
                                community)
                        .encode(community));
        examples.put("certificate", block.certificate().encode());
        examples.put("settlement", block.body().settlement().encode());
        examples.put("body", block.body().encode());
        examples.put("body-2", story.blocks.get(1).body().encode());
        for (Account account : story.chains.get(1).accounts().leaves()) {
            examples.putIfAbsent("leaf-" + account.kind(), account.encode());
        }
        examples.put("state-root", block.header().state().root().toBytes());
    }

    private void election() {
        Lottery lottery = new Lottery(community);
        Hash first = lottery.firstBeacon();
        byte[] height = {0, 0, 0, 0, 0, 0, 0, 1};
        examples.put("beacon-0", first.toBytes());
        examples.put(
                "elect-input",
                joined(community.bound("cryptometer-elect-1"), height, first.toBytes()));
        var election = story.blocks.getFirst().header().election();
        examples.put("elect-proof", election.electionProof().toBytes());
        byte[] seedInput = joined(community.bound("cryptometer-seed-1"), height, first.toBytes());
        examples.put("seed-proof", election.seedProof().toBytes());
        examples.put(
                "seed",
                small.lottery
                        .publicKey()
                        .verify(election.seedProof(), seedInput)
                        .orElseThrow()
                        .toBytes());
        examples.put("beacon-1", election.beacon().toBytes());
        examples.put("no-candidates", Lottery.NO_CANDIDATES.toBytes());
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    private void proofs() {
        Block block = story.blocks.getFirst();
        List<SignedTransaction> all = block.body().transactions();
        MerkleTree tree = block.body().tree();
        SignedTransaction pulse = story.pulsesOfA.get(1);
        int place = all.indexOf(pulse);
        Height one = new Height(1);
        TransactionProof proof =
                new TransactionProof(one, pulse, tree.inclusion(Body.leafIndex(place)));
        examples.put("proof-transaction", proof.encode());
        int first = all.indexOf(story.pulsesOfA.getFirst());
        CborWriter range = new CborWriter();
        new ChainProof(
                        one,
                        TransactionType.GENERATION,
                        1,
                        3,
                        tree.range(Body.leafIndex(first), Body.leafIndex(first + 3)))
                .write(range);
        examples.put("proof-chain", range.toByteArray());
        accountAndHeader(one);
        SignedHeader signed = new SignedHeader(block.header(), block.certificate());
        examples.put(
                "bundle",
                new CborWriter()
                        .array(4)
                        .text("cryptometer-proof-1")
                        .bytes(community.genesis().toBytes())
                        .bytes(signed.encode(community))
                        .bytes(proof.encode())
                        .toByteArray());
    }

    private void accountAndHeader(Height one) {
        ChainState after = story.chains.get(1);
        AccountId participant = AccountId.of(small.participantX.publicKey());
        int index = after.accounts().indexOf(participant).orElseThrow();
        examples.put(
                "proof-account",
                new AccountProof(
                                one,
                                after.accounts().leaves().get(index),
                                after.accounts().tree().inclusion(index))
                        .encode());
        List<Hash> history =
                List.of(
                        ChainTip.leaf(community.genesis()),
                        ChainTip.leaf(story.blocks.get(0).header().hash(community.shortId())),
                        ChainTip.leaf(story.blocks.get(1).header().hash(community.shortId())));
        examples.put(
                "proof-header",
                new HeaderProof(one, MerkleTree.ofLeaves(history).inclusion(1).path()).encode());
    }
}

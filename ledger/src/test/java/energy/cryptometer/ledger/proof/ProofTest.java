package energy.cryptometer.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.cryptometer.ledger.Strict;
import energy.cryptometer.ledger.block.Block;
import energy.cryptometer.ledger.block.Body;
import energy.cryptometer.ledger.block.Header;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.InclusionProof;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.merkle.RangeProof;
import energy.cryptometer.ledger.rule.BlockRules;
import energy.cryptometer.ledger.rule.ChainState;
import energy.cryptometer.ledger.rule.ChainTip;
import energy.cryptometer.ledger.rule.Outcome;
import energy.cryptometer.ledger.rule.ScriptedMeter;
import energy.cryptometer.ledger.rule.SmallCommunity;
import energy.cryptometer.ledger.state.Account;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import energy.cryptometer.ledger.transaction.TransactionType;
import energy.cryptometer.ledger.unit.AccountId;
import energy.cryptometer.ledger.unit.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Proofs hold on blocks that were built, and fail by the right name when anything in them is
/// changed.
class ProofTest {
    private static final Hash OTHER = Hash.sha256(new byte[] {1});

    private final SmallCommunity small = new SmallCommunity();
    private final Community community = small.genesis.community();
    private final List<ChainState> chains = new ArrayList<>(List.of(ChainState.of(small.genesis)));
    private final List<Block> blocks = new ArrayList<>();
    private final Block block;

    ProofTest() {
        ScriptedMeter a = new ScriptedMeter(small.genesis, small.meterA);
        ScriptedMeter b = new ScriptedMeter(small.genesis, small.meterB);
        List<SignedTransaction> transactions = new ArrayList<>();
        transactions.addAll(a.pulses(7, SmallCommunity.ORIGIN.plusSeconds(1), 700));
        transactions.addAll(b.pulses(4, SmallCommunity.ORIGIN.plusSeconds(2), 900));
        transactions.add(b.transfer());
        append(transactions);
        for (int i = 0; i < 8; i++) {
            append(List.of());
        }
        block = blocks.getFirst();
    }

    private void append(List<SignedTransaction> transactions) {
        Block next = small.block(chains.getLast(), transactions);
        if (!(new BlockRules(small.genesis).append(chains.getLast(), next)
                instanceof Outcome.Accepted<ChainState>(ChainState chain))) {
            throw new AssertionError("the fixture's block is refused");
        }
        blocks.add(next);
        chains.add(chain);
    }

    private TransactionProof transactionProof(int place) {
        return new TransactionProof(
                block.header().height(),
                block.body().transactions().get(place),
                block.body().tree().inclusion(Body.leafIndex(place)));
    }

    @Test
    void everyTransactionOfABlockIsProven() {
        for (int i = 0; i < block.body().transactions().size(); i++) {
            assertThat(transactionProof(i).check(block.header()).proven()).isTrue();
        }
    }

    @Test
    void aChangedTransactionProofFailsByName() {
        TransactionProof good = transactionProof(5);
        InclusionProof path = good.inclusion();
        assertThat(
                        new TransactionProof(new Height(2), good.transaction(), path)
                                .check(block.header()))
                .isEqualTo(new ProofCheck.WrongHeight(new Height(1), new Height(2)));
        assertThat(good.check(blocks.get(1).header()))
                .isEqualTo(new ProofCheck.WrongHeight(new Height(2), new Height(1)));
        assertThat(with(good, new InclusionProof(path.index(), 15, path.path())))
                .isEqualTo(new ProofCheck.WrongTreeSize(14, 15));
        assertThat(with(good, new InclusionProof(path.index() - 1, path.size(), path.path())))
                .isInstanceOf(ProofCheck.WrongPath.class);
        assertThat(with(good, transactionProof(6).inclusion()))
                .isInstanceOf(ProofCheck.WrongPath.class);
        for (int i = 0; i < path.path().size(); i++) {
            List<Hash> changed = new ArrayList<>(path.path());
            changed.set(i, OTHER);
            assertThat(with(good, new InclusionProof(path.index(), path.size(), changed)))
                    .isInstanceOf(ProofCheck.WrongPath.class);
            changed.remove(i);
            assertThat(with(good, new InclusionProof(path.index(), path.size(), changed)))
                    .isInstanceOf(ProofCheck.WrongPath.class);
        }
    }

    private ProofCheck with(TransactionProof proof, InclusionProof inclusion) {
        return new TransactionProof(proof.height(), proof.transaction(), inclusion)
                .check(block.header());
    }

    /// The trap: the path of one place is also true of another place in a tree of another size.
    @Test
    void aPathThatIsTrueUnderAnotherSizeIsStillRefused() {
        int deceived = 0;
        for (int place = 0; place < block.body().transactions().size(); place++) {
            TransactionProof good = transactionProof(place);
            Hash leaf = MerkleTree.leafHash(good.transaction().encode());
            for (int size = 2; size < 40; size++) {
                for (int index = 0; index < size && size != 14; index++) {
                    InclusionProof other = new InclusionProof(index, size, good.inclusion().path());
                    if (other.verify(leaf, block.header().content().root()).holds()) {
                        deceived++;
                        assertThat(with(good, other))
                                .isEqualTo(new ProofCheck.WrongTreeSize(14, size));
                    }
                }
            }
        }
        assertThat(deceived).as("paths that hold under a false size").isPositive();
    }

    private ChainProof chainProof(KeyId signer, TransactionType type) {
        List<SignedTransaction> all = block.body().transactions();
        List<SignedTransaction> own = own(signer, type);
        int first = all.indexOf(own.getFirst());
        return new ChainProof(
                block.header().height(),
                type,
                own.getFirst().content().sequence(),
                own.getLast().content().sequence(),
                block.body()
                        .tree()
                        .range(Body.leafIndex(first), Body.leafIndex(first + own.size())));
    }

    private List<SignedTransaction> own(KeyId signer, TransactionType type) {
        return block.body().transactions().stream()
                .filter(tx -> tx.signer().equals(signer) && tx.content().type() == type)
                .toList();
    }

    @Test
    void oneRangeProvesAllPulsesOfAMeter() throws Exception {
        KeyId meter = small.meterA.publicKey().id();
        ChainProof good = chainProof(meter, TransactionType.GENERATION);
        List<SignedTransaction> own = own(meter, TransactionType.GENERATION);
        assertThat(good.check(block.header(), own).proven()).isTrue();
        assertThat(good.check(blocks.get(2).header(), own))
                .isInstanceOf(ProofCheck.WrongHeight.class);
        RangeProof range = good.range();
        assertThat(
                        with(good, new RangeProof(range.first(), 13, range.path()))
                                .check(block.header(), own))
                .isEqualTo(new ProofCheck.WrongTreeSize(14, 13));
        assertThat(
                        with(good, new RangeProof(range.first() + 1, 14, range.path()))
                                .check(block.header(), own))
                .isInstanceOf(ProofCheck.WrongPath.class);
        assertThat(good.check(block.header(), own.subList(0, 6)))
                .isInstanceOf(ProofCheck.WrongPath.class);
        assertThat(good.check(block.header(), own.reversed()))
                .isInstanceOf(ProofCheck.WrongPath.class);
        assertThat(good.check(block.header(), List.of())).isInstanceOf(ProofCheck.WrongPath.class);
        assertThatThrownBy(() ->
                        new ChainProof(good.height(), TransactionType.GENERATION, 3, 2, range))
                .hasMessage("sequences 3 to 2 are no range");
    }

    private static ChainProof with(ChainProof proof, RangeProof range) {
        return new ChainProof(
                proof.height(), proof.type(), proof.firstSequence(), proof.lastSequence(), range);
    }

    @Test
    void everyAccountIsProvenAsItStoodAfterItsBlock() throws Exception {
        var accounts = chains.get(1).accounts();
        MerkleTree tree = accounts.tree();
        for (Account account : accounts.leaves()) {
            int index = accounts.indexOf(account.account()).orElseThrow();
            AccountProof proof = new AccountProof(new Height(1), account, tree.inclusion(index));
            assertThat(proof.check(block.header()).proven()).isTrue();
            assertThat(AccountProof.decode(proof.encode())).isEqualTo(proof);
            InclusionProof path = proof.inclusion();
            assertThat(proof.check(blocks.get(1).header()))
                    .isInstanceOf(ProofCheck.WrongHeight.class);
            assertThat(
                            new AccountProof(
                                            new Height(1),
                                            account,
                                            new InclusionProof(index, 7, path.path()))
                                    .check(block.header()))
                    .isEqualTo(new ProofCheck.WrongTreeSize(6, 7));
            Account other = accounts.leaves().get((index + 1) % 6);
            assertThat(new AccountProof(new Height(1), other, path).check(block.header()))
                    .isInstanceOf(ProofCheck.WrongPath.class);
        }
        assertThat(accounts.indexOf(new AccountId(OTHER))).isEmpty();
    }

    private HeaderProof headerProof(int older, int newer) {
        List<Hash> leaves = new ArrayList<>(List.of(ChainTip.leaf(community.genesis())));
        blocks.stream()
                .limit(newer - 1)
                .forEach(earlier ->
                        leaves.add(ChainTip.leaf(earlier.header().hash(community.shortId()))));
        return new HeaderProof(
                new Height(older), MerkleTree.ofLeaves(leaves).inclusion(older).path());
    }

    private Header header(int height) {
        return blocks.get(height - 1).header();
    }

    @Test
    void everyOlderHeaderIsProvenByEveryNewerOne() {
        for (int newer = 2; newer <= 9; newer++) {
            for (int older = 1; older < newer; older++) {
                HeaderProof proof = headerProof(older, newer);
                assertThat(proof.check(header(newer), header(older), community).proven()).isTrue();
            }
        }
    }

    @Test
    void aChangedHeaderProofFailsByName() {
        HeaderProof good = headerProof(3, 9);
        assertThat(good.check(header(9), header(4), community))
                .isEqualTo(new ProofCheck.WrongHeight(new Height(4), new Height(3)));
        assertThat(good.check(header(3), header(3), community))
                .isEqualTo(new ProofCheck.WrongTreeSize(3, 3));
        assertThat(good.check(header(8), header(3), community))
                .isInstanceOf(ProofCheck.WrongPath.class);
        assertThat(good.check(header(9), header(3), new Community(OTHER)))
                .isInstanceOf(ProofCheck.WrongPath.class);
        List<Hash> changed = new ArrayList<>(good.path());
        changed.set(0, OTHER);
        assertThat(new HeaderProof(new Height(3), changed).check(header(9), header(3), community))
                .isInstanceOf(ProofCheck.WrongPath.class);
    }

    @Test
    void aPathOfSixtyFourHashesIsRefusedWhenItIsRead() {
        CborWriter writer = new CborWriter().array(2).unsigned(3).array(64);
        for (int i = 0; i < 64; i++) {
            writer.bytes(OTHER.toBytes());
        }
        assertThatThrownBy(() -> HeaderProof.decode(writer.toByteArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessage("header proof has 64 hashes, limit 63");
    }

    @Test
    void proofsHaveOneSpelling() throws Exception {
        Strict.all(
                format(
                        TransactionProof::encode,
                        bytes -> TransactionProof.decode(bytes, community)),
                transactionProof(3));
        Strict.all(format(HeaderProof::encode, HeaderProof::decode), headerProof(3, 9));
        Strict.all(
                format(
                        proof -> {
                            CborWriter writer = new CborWriter();
                            proof.write(writer);
                            return writer.toByteArray();
                        },
                        bytes -> {
                            CborReader reader = new CborReader(bytes);
                            ChainProof proof = ChainProof.read(reader);
                            reader.end("chain proof");
                            return proof;
                        }),
                chainProof(small.meterB.publicKey().id(), TransactionType.GENERATION));
        var accounts = chains.get(1).accounts();
        for (int i = 0; i < 6; i++) {
            Strict.all(
                    format(AccountProof::encode, AccountProof::decode),
                    new AccountProof(
                            new Height(1), accounts.leaves().get(i), accounts.tree().inclusion(i)));
        }
    }

    private interface Decoding<T> {
        T decode(byte[] bytes) throws MalformedException;
    }

    private static <T> Strict.Format<T> format(Function<T, byte[]> encoding, Decoding<T> decoding) {
        return new Strict.Format<>() {
            @Override
            public byte[] encode(T value) {
                return encoding.apply(value);
            }

            @Override
            public T decode(byte[] bytes) throws MalformedException {
                return decoding.decode(bytes);
            }
        };
    }
}

package energy.cryptometer.ledger.block;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.merkle.MerkleTree;
import energy.cryptometer.ledger.transaction.Batch;
import energy.cryptometer.ledger.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a block holds. The leaves of its tree are: the settlement, the certificate of the previous
/// block, then the COSE_Sign1 bytes of every transaction by (type, sender, sequence). Never fewer
/// than two.
///
/// Wire form: `[settlement, certificate / null, [* batch]]`, batches ascending by sender.
///
/// @param previous certificate of the block before; none for height 1
/// @param transactions in [SignedTransaction#BLOCK_ORDER]
public record Body(
        Settlement settlement,
        Optional<Certificate> previous,
        List<SignedTransaction> transactions) {
    /// Largest encoded body, in bytes.
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final byte[] NO_CERTIFICATE = {(byte) 0xf6};

    private static final int FIXED_LEAVES = 2;

    public Body {
        transactions = transactions.stream().sorted(SignedTransaction.BLOCK_ORDER).toList();
        for (int i = 1; i < transactions.size(); i++) {
            if (SignedTransaction.BLOCK_ORDER.compare(transactions.get(i - 1), transactions.get(i))
                    == 0) {
                throw new IllegalArgumentException(
                        "block holds %s twice".formatted(transactions.get(i)));
            }
        }
    }

    /// The tree whose root stands in the header.
    public MerkleTree tree() {
        List<byte[]> leaves = new ArrayList<>(transactions.size() + FIXED_LEAVES);
        leaves.add(settlement.encode());
        leaves.add(previous.map(Certificate::encode).orElse(NO_CERTIFICATE));
        transactions.forEach(transaction -> leaves.add(transaction.encode()));
        return MerkleTree.ofEntries(leaves);
    }

    /// Index in the tree of the transaction at this place of the list.
    public static long leafIndex(int place) {
        return (long) place + FIXED_LEAVES;
    }

    /// One batch per sender, ascending by sender.
    public List<Batch> batches() {
        Map<KeyId, List<SignedTransaction>> chains = new TreeMap<>();
        for (SignedTransaction transaction : transactions) {
            chains.computeIfAbsent(transaction.signer(), _ -> new ArrayList<>()).add(transaction);
        }
        return chains.values().stream().map(Body::inSequence).map(Batch::new).toList();
    }

    private static List<SignedTransaction> inSequence(List<SignedTransaction> chain) {
        return chain.stream()
                .sorted(Comparator.comparingLong(transaction -> transaction.content().sequence()))
                .toList();
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.array(3).encoded(settlement.encode());
        if (previous.isPresent()) {
            writer.bytes(previous.get().encode());
        } else {
            writer.nil();
        }
        List<Batch> batches = batches();
        writer.array(batches.size());
        batches.forEach(batch -> batch.write(writer));
        return writer.toByteArray();
    }

    /// Decodes a body strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static Body decode(byte[] bytes, Community community) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(
                    "block body has %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
        }
        try {
            CborReader reader = new CborReader(bytes);
            reader.arrayOf("block body", 3);
            Settlement settlement = Settlement.decode(reader.item("settlement", 64 * 1024));
            Optional<Certificate> previous =
                    reader.nil()
                            ? Optional.empty()
                            : Optional.of(
                                    Certificate.decode(
                                            reader.bytes("certificate", Certificate.MAX_BYTES)));
            List<SignedTransaction> transactions = readBatches(reader, community);
            reader.end("block body");
            return new Body(settlement, previous, transactions);
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("block body: " + refused.getMessage());
        }
    }

    private static List<SignedTransaction> readBatches(CborReader reader, Community community)
            throws MalformedException {
        int count = reader.array("batches", 1000);
        List<SignedTransaction> transactions = new ArrayList<>();
        Optional<KeyId> before = Optional.empty();
        for (int i = 0; i < count; i++) {
            Batch batch = Batch.read(reader, community);
            if (before.isPresent() && before.get().compareTo(batch.signer()) >= 0) {
                throw new MalformedException("block body: batches are not ascending by sender");
            }
            before = Optional.of(batch.signer());
            transactions.addAll(batch.transactions());
        }
        return transactions;
    }
}

package energy.cryptometer.ledger.transaction;

import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.community.Community;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.KeyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A gap-free piece of one sender's chain, as it travels and as it lies on disk. What the reader
/// can rebuild is left out: previous hashes, key ids, the community, steady increments. What is
/// signed stays whole: decoding gives back the very bytes that were signed.
///
/// Wire form: `[signer, first sequence, previous, [* segment]]`, where a segment is a run of
/// generation transactions ([GenerationRun]) or one transaction of another type, `[0, payload,
/// signature]`. Runs are as long as they can be, so one batch has one encoding.
///
/// @param transactions 1 to 100,000 of one signer, each the successor of the one before it
public record Batch(List<SignedTransaction> transactions) {
    public static final int MAX_TRANSACTIONS = 100_000;

    static final int SINGLE = 0;

    public Batch {
        transactions = List.copyOf(transactions);
        if (transactions.isEmpty() || transactions.size() > MAX_TRANSACTIONS) {
            throw new IllegalArgumentException(
                    "batch of %d transactions is outside 1 to %d"
                            .formatted(transactions.size(), MAX_TRANSACTIONS));
        }
        for (int i = 1; i < transactions.size(); i++) {
            requireSuccessor(transactions.get(i - 1), transactions.get(i));
        }
    }

    private static void requireSuccessor(SignedTransaction before, SignedTransaction after) {
        if (!after.signer().equals(before.signer())) {
            throw new IllegalArgumentException(
                    "batch of %s holds a transaction of %s"
                            .formatted(before.signer(), after.signer()));
        }
        if (!after.content().link().equals(before.next())) {
            throw new IllegalArgumentException(
                    "batch: sequence %d does not follow sequence %d"
                            .formatted(after.content().sequence(), before.content().sequence()));
        }
    }

    public KeyId signer() {
        return transactions.getFirst().signer();
    }

    /// Where in its sender's chain this batch begins.
    public ChainLink link() {
        return transactions.getFirst().content().link();
    }

    public long lastSequence() {
        return transactions.getLast().content().sequence();
    }

    public byte[] encode() {
        CborWriter writer = new CborWriter();
        write(writer);
        return writer.toByteArray();
    }

    /// Appends this batch as one item.
    public void write(CborWriter writer) {
        List<List<SignedTransaction>> segments = segments();
        writer.array(4)
                .bytes(signer().toBytes())
                .unsigned(link().sequence())
                .bytes(link().previous().toBytes())
                .array(segments.size());
        for (List<SignedTransaction> segment : segments) {
            SignedTransaction first = segment.getFirst();
            if (first.content() instanceof Generation) {
                GenerationRun.write(writer, segment);
            } else {
                writer.array(3)
                        .unsigned(SINGLE)
                        .bytes(first.content().payload())
                        .bytes(first.signature());
            }
        }
    }

    private List<List<SignedTransaction>> segments() {
        List<List<SignedTransaction>> segments = new ArrayList<>();
        for (SignedTransaction transaction : transactions) {
            if (!segments.isEmpty()
                    && GenerationRun.steady(
                            segments.getLast().getLast().content(), transaction.content())) {
                segments.getLast().add(transaction);
            } else {
                segments.add(new ArrayList<>(List.of(transaction)));
            }
        }
        return segments;
    }

    /// Decodes a batch strictly.
    ///
    /// @throws MalformedException naming the field, the value and the limit
    public static Batch decode(byte[] bytes, Community community) throws MalformedException {
        CborReader reader = new CborReader(bytes);
        Batch batch = read(reader, community);
        reader.end("batch");
        return batch;
    }

    /// Reads one batch from a longer message; refuses an encoding this class would not write.
    public static Batch read(CborReader reader, Community community) throws MalformedException {
        byte[] item = reader.item("batch", Integer.MAX_VALUE);
        Batch batch = readItem(new CborReader(item), community);
        if (!Arrays.equals(batch.encode(), item)) {
            throw new MalformedException("batch: runs are not as long as they can be");
        }
        return batch;
    }

    private static Batch readItem(CborReader reader, Community community)
            throws MalformedException {
        try {
            reader.arrayOf("batch", 4);
            KeyId signer = KeyId.of(reader.bytesOf("signer", 8));
            long sequence = reader.unsigned("first sequence", ChainLink.MAX_SEQUENCE);
            ChainLink link =
                    new ChainLink(sequence, Hash.of(reader.bytesOf("previous transaction", 32)));
            Rebuilder rebuilder = new Rebuilder(signer, link, community);
            int segments = reader.array("segments", MAX_TRANSACTIONS);
            for (int i = 0; i < segments; i++) {
                readSegment(reader, rebuilder);
            }
            return new Batch(rebuilder.transactions());
        } catch (IllegalArgumentException refused) {
            throw new MalformedException("batch: " + refused.getMessage());
        }
    }

    private static void readSegment(CborReader reader, Rebuilder rebuilder)
            throws MalformedException {
        int fields = reader.array("segment", GenerationRun.FIELDS);
        long kind = reader.unsigned("segment kind", 1);
        if (kind == GenerationRun.KIND && fields == GenerationRun.FIELDS) {
            GenerationRun.read(reader, rebuilder);
        } else if (kind == SINGLE && fields == 3) {
            byte[] payload = reader.bytes("payload", Transaction.MAX_PAYLOAD_BYTES);
            rebuilder.add(Transaction.decode(payload), reader.bytesOf("signature", 64));
        } else {
            throw new MalformedException(
                    "segment of kind %d has %d fields".formatted(kind, fields));
        }
    }
}

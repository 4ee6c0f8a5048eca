package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.cbor.Cbor;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.KeyId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signatures of several keys over one payload (COSE_Sign, RFC 9052 section 4.1), which travels
/// apart (detached) or in the same message; what is signed is the same: tag 98, empty body headers,
/// and for each signer a protected header of exactly `{1: -7, 4: kid}`, no unprotected one, and 64
/// bytes of signature. Signers stand in strictly ascending order of their key ids, so none can
/// count twice. Decoding checks the form only.
public final class Sign {
    /// Most signatures that one message holds.
    public static final int MAX_SIGNERS = 200;

    private static final byte[] NO_HEADER = {};

    private final List<SignerSignature> signatures;

    private Sign(List<SignerSignature> signatures) {
        this.signatures = signatures;
    }

    /// Reads exactly one message and nothing behind it. [#encode] gives the same bytes again.
    public static Sign decode(byte[] message) throws MalformedException {
        CborReader reader = body(message);
        if (!reader.nil()) {
            throw new MalformedException(
                    "payload of COSE_Sign is " + reader.peek() + ", expected null: it is detached");
        }
        return signatures(reader);
    }

    /// Signatures and, in the same message, what they are for.
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record WithPayload(Sign sign, byte[] payload) {}

    /// Reads exactly one message that carries its payload. [#encodeAround] gives the same bytes
    /// again.
    public static WithPayload decodeAround(byte[] message, int maxPayloadBytes)
            throws MalformedException {
        CborReader reader = body(message);
        byte[] payload = reader.bytes("payload", maxPayloadBytes);
        return new WithPayload(signatures(reader), payload);
    }

    private static CborReader body(byte[] message) throws MalformedException {
        CborReader reader = new CborReader(message);
        reader.tag("COSE_Sign", Cbor.TAG_SIGN);
        reader.arrayOf("COSE_Sign", 4);
        reader.bytesOf("protected body header", 0);
        reader.map("unprotected body header", 0);
        return reader;
    }

    private static Sign signatures(CborReader reader) throws MalformedException {
        int count = reader.array("signatures", MAX_SIGNERS);
        List<SignerSignature> signatures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            signatures.add(signature(reader));
        }
        reader.end("COSE_Sign");
        String problem = problem(signatures);
        if (problem != null) {
            throw new MalformedException(problem);
        }
        return new Sign(List.copyOf(signatures));
    }

    /// Puts signatures together.
    ///
    /// @param signatures 1 to 200, strictly ascending by key id
    /// @throws IllegalArgumentException if they are not
    public static Sign of(List<SignerSignature> signatures) {
        List<SignerSignature> copy = List.copyOf(signatures);
        String problem = problem(copy);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return new Sign(copy);
    }

    /// The bytes that one of the signers signs: the Sig_structure of RFC 9052 section 4.4.
    public static byte[] signatureInput(KeyId signer, byte[] payload, byte[] externalAad) {
        return SigStructure.signature(NO_HEADER, SignerHeader.encode(signer), externalAad, payload);
    }

    /// The message with its tag; the payload is not in it.
    public byte[] encode() {
        CborWriter writer = new CborWriter();
        writer.tag(Cbor.TAG_SIGN).array(4).bytes(NO_HEADER).map(0).nil();
        return withSignatures(writer);
    }

    /// The message with its tag and with the payload in it, for readers who do not have it.
    public byte[] encodeAround(byte[] payload) {
        CborWriter writer = new CborWriter();
        writer.tag(Cbor.TAG_SIGN).array(4).bytes(NO_HEADER).map(0).bytes(payload);
        return withSignatures(writer);
    }

    private byte[] withSignatures(CborWriter writer) {
        writer.array(signatures.size());
        for (SignerSignature signature : signatures) {
            writer.array(3)
                    .bytes(SignerHeader.encode(signature.signer()))
                    .map(0)
                    .bytes(signature.signature());
        }
        return writer.toByteArray();
    }

    /// At least one, strictly ascending by key id.
    public List<SignerSignature> signatures() {
        return signatures;
    }

    private static SignerSignature signature(CborReader reader) throws MalformedException {
        reader.arrayOf("COSE_Signature", 3);
        KeyId signer =
                SignerHeader.decode(reader.bytes("protected header", SignerHeader.MAX_BYTES));
        reader.map("unprotected header", 0);
        return SignerSignature.of(signer, reader.bytesOf("signature", Es256.SIGNATURE_BYTES));
    }

    private static @Nullable String problem(List<SignerSignature> signatures) {
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNERS) {
            return signatures.size() + " signatures, expected 1 to " + MAX_SIGNERS;
        }
        for (int i = 1; i < signatures.size(); i++) {
            KeyId before = signatures.get(i - 1).signer();
            KeyId signer = signatures.get(i).signer();
            if (signer.compareTo(before) <= 0) {
                return "signer " + signer + " after " + before + ", expected ascending key ids";
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sign message && signatures.equals(message.signatures);
    }

    @Override
    public int hashCode() {
        return signatures.hashCode();
    }

    @Override
    public String toString() {
        return "COSE_Sign of " + signatures.size() + " signers";
    }
}

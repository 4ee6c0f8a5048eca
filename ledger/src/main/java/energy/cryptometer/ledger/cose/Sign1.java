package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.cbor.Cbor;
import energy.cryptometer.ledger.cbor.CborReader;
import energy.cryptometer.ledger.cbor.CborWriter;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.hash.Hash;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.KeyId;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import energy.cryptometer.ledger.key.Signer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A message with one signature (COSE_Sign1, RFC 9052 section 4.2): tag 18, protected header
/// exactly `{1: -7, 4: kid}`, no unprotected header, the payload inside, 64 bytes of signature. Any
/// COSE library can check it. Decoding checks the form only; [#verify] checks the signature.
public final class Sign1 {
    /// Longest payload that is read, in bytes.
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    private final KeyId signer;
    private final byte[] payload;
    private final byte[] signature;

    private Sign1(KeyId signer, byte[] payload, byte[] signature) {
        this.signer = signer;
        this.payload = payload;
        this.signature = signature;
    }

    /// Reads exactly one message and nothing behind it. [#encode] gives the same bytes again.
    public static Sign1 decode(byte[] message) throws MalformedException {
        CborReader reader = new CborReader(message);
        reader.tag("COSE_Sign1", Cbor.TAG_SIGN1);
        reader.arrayOf("COSE_Sign1", 4);
        KeyId signer =
                SignerHeader.decode(reader.bytes("protected header", SignerHeader.MAX_BYTES));
        reader.map("unprotected header", 0);
        byte[] payload = reader.bytes("payload", MAX_PAYLOAD_BYTES);
        byte[] signature = reader.bytesOf("signature", Es256.SIGNATURE_BYTES);
        reader.end("COSE_Sign1");
        return new Sign1(signer, payload, signature);
    }

    /// Puts together what was signed elsewhere, by a token for instance.
    ///
    /// @throws IllegalArgumentException if the payload is too long or the signature is not 64 bytes
    public static Sign1 of(KeyId signer, byte[] payload, byte[] signature) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload has " + payload.length + " bytes, at most " + MAX_PAYLOAD_BYTES);
        }
        if (signature.length != Es256.SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "signature has " + signature.length + " bytes, not " + Es256.SIGNATURE_BYTES);
        }
        return new Sign1(signer, payload.clone(), signature.clone());
    }

    /// Signs a payload together with the external data.
    public static Sign1 sign(Signer signer, byte[] payload, byte[] externalAad) {
        KeyId id = signer.publicKey().id();
        return of(id, payload, signer.sign(signatureInput(id, payload, externalAad)));
    }

    /// The bytes that the signer signs: the Sig_structure of RFC 9052 section 4.4.
    public static byte[] signatureInput(KeyId signer, byte[] payload, byte[] externalAad) {
        return SigStructure.signature1(SignerHeader.encode(signer), externalAad, payload);
    }

    /// The message with its tag.
    public byte[] encode() {
        return new CborWriter()
                .tag(Cbor.TAG_SIGN1)
                .array(4)
                .bytes(SignerHeader.encode(signer))
                .map(0)
                .bytes(payload)
                .bytes(signature)
                .toByteArray();
    }

    /// Checks the signature. A key other than the one the header names is `Invalid`.
    public SignatureVerdict verify(PublicKey key, byte[] externalAad) {
        return verify(key, id(externalAad));
    }

    /// The same for a caller that has the id: ES256 signs just this hash, so nothing is hashed
    /// again.
    ///
    /// @param id of this message, from [#id]
    public SignatureVerdict verify(PublicKey key, Hash id) {
        if (!key.id().equals(signer)) {
            return new SignatureVerdict.Invalid();
        }
        return Es256.verify(key, id, signature);
    }

    /// SHA-256 of the signed bytes. The signature is no part of it: whoever signs the same twice
    /// has still made one message.
    public Hash id(byte[] externalAad) {
        return Hash.sha256(signatureInput(signer, payload, externalAad));
    }

    /// The key that the header names.
    public KeyId signer() {
        return signer;
    }

    /// A copy of the payload.
    public byte[] payload() {
        return payload.clone();
    }

    /// A copy of the 64 bytes.
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sign1 message
                && signer.equals(message.signer)
                && Arrays.equals(payload, message.payload)
                && Arrays.equals(signature, message.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "COSE_Sign1 of key " + signer + " over " + payload.length + " bytes";
    }
}

package energy.cryptometer.ledger.cose;

import energy.cryptometer.ledger.cbor.CborWriter;

/// The bytes that are signed, RFC 9052 section 4.4. A protected header without parameters stands
/// here as zero bytes, however the message spelled it.
final class SigStructure {
    private SigStructure() {}

    /// For COSE_Sign1.
    static byte[] signature1(byte[] protectedHeader, byte[] externalAad, byte[] payload) {
        return new CborWriter()
                .array(4)
                .text("Signature1")
                .bytes(protectedHeader)
                .bytes(externalAad)
                .bytes(payload)
                .toByteArray();
    }

    /// For one signer of COSE_Sign.
    static byte[] signature(
            byte[] bodyHeader, byte[] signerHeader, byte[] externalAad, byte[] payload) {
        return new CborWriter()
                .array(5)
                .text("Signature")
                .bytes(bodyHeader)
                .bytes(signerHeader)
                .bytes(externalAad)
                .bytes(payload)
                .toByteArray();
    }
}

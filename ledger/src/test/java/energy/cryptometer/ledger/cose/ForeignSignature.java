package energy.cryptometer.ledger.cose;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import energy.cryptometer.ledger.cbor.MalformedException;
import energy.cryptometer.ledger.key.Es256;
import energy.cryptometer.ledger.key.PublicKey;
import energy.cryptometer.ledger.key.SignatureVerdict;
import java.util.ArrayList;
import java.util.List;

/// A signature in any COSE_Sign1 or COSE_Sign with its payload inside, tagged or not, as RFC 9052
/// allows it: for messages of others, which do not keep to our profile. The signed bytes and the
/// check of the algorithm are those of the product.
final class ForeignSignature {
    private static final CBORObject ALGORITHM = CBORObject.FromObject(1);
    private static final CBORObject CRITICAL = CBORObject.FromObject(2);

    private final List<CBORObject> headers;
    private final byte[] signature;
    private final Input input;

    /// The Sig_structure for some external data.
    private interface Input {
        byte[] with(byte[] externalAad);
    }

    private ForeignSignature(List<CBORObject> headers, CBORObject signature, Input input)
            throws MalformedException {
        this.headers = headers;
        this.signature = bytes("signature", signature);
        this.input = input;
    }

    static List<ForeignSignature> allIn(byte[] message) throws MalformedException {
        CBORObject object;
        try {
            object = CBORObject.DecodeFromBytes(message);
        } catch (CBORException e) {
            throw new MalformedException("no CBOR: " + e.getMessage());
        }
        if (object.isTagged() && !object.HasOneTag(18) && !object.HasOneTag(98)) {
            throw new MalformedException("tag is " + object.getMostOuterTag());
        }
        boolean one = object.isTagged() ? object.HasOneTag(18) : !isArray(item(object, 3));
        CBORObject body = item(object, 0);
        byte[] bodyHeader = protectedHeader(body);
        byte[] payload = bytes("payload", item(object, 2));
        List<CBORObject> bodyHeaders = List.of(parsed(bodyHeader), map(item(object, 1)));
        List<ForeignSignature> all = new ArrayList<>();
        if (one) {
            Input input = aad -> SigStructure.signature1(bodyHeader, aad, payload);
            all.add(new ForeignSignature(bodyHeaders, item(object, 3), input));
            return all;
        }
        requireNothingCritical(bodyHeaders);
        CBORObject signers = item(object, 3);
        for (int i = 0; i == 0 || i < signers.size(); i++) {
            CBORObject signer = item(signers, i);
            byte[] header = protectedHeader(item(signer, 0));
            List<CBORObject> both = List.of(parsed(header), map(item(signer, 1)));
            Input input = aad -> SigStructure.signature(bodyHeader, header, aad, payload);
            all.add(new ForeignSignature(both, item(signer, 2), input));
        }
        return all;
    }

    byte[] signedBytes(byte[] externalAad) {
        return input.with(externalAad);
    }

    byte[] signature() {
        return signature.clone();
    }

    void requireEs256() throws MalformedException {
        requireNothingCritical(headers);
        for (CBORObject header : headers) {
            if (header.ContainsKey(ALGORITHM)) {
                CBORObject algorithm = header.get(ALGORITHM);
                if (!algorithm.isNumber() || !algorithm.AsNumber().CanFitInInt64()) {
                    throw new MalformedException("algorithm is " + algorithm);
                }
                SignerHeader.requireEs256(algorithm.AsInt64Value());
                return;
            }
        }
        throw new MalformedException("no header names an algorithm");
    }

    /// Others do not promise the lower s.
    SignatureVerdict verify(PublicKey key, byte[] externalAad) {
        byte[] spelling =
                signature.length == Es256.SIGNATURE_BYTES ? Es256.lowS(signature) : signature;
        return Es256.verify(key, signedBytes(externalAad), spelling);
    }

    private static void requireNothingCritical(List<CBORObject> headers) throws MalformedException {
        for (CBORObject header : headers) {
            if (header.ContainsKey(CRITICAL)) {
                throw new MalformedException("a header is critical: " + header.get(CRITICAL));
            }
        }
    }

    private static byte[] protectedHeader(CBORObject header) throws MalformedException {
        byte[] bytes = bytes("protected header", header);
        return parsed(bytes).size() == 0 ? new byte[0] : bytes;
    }

    private static CBORObject parsed(byte[] header) throws MalformedException {
        try {
            return header.length == 0
                    ? CBORObject.NewMap()
                    : map(CBORObject.DecodeFromBytes(header));
        } catch (CBORException e) {
            throw new MalformedException("protected header: " + e.getMessage());
        }
    }

    private static CBORObject map(CBORObject object) throws MalformedException {
        if (object.getType() != CBORType.Map) {
            throw new MalformedException("header is no map but " + object.getType());
        }
        return object;
    }

    private static boolean isArray(CBORObject object) {
        return object.getType() == CBORType.Array;
    }

    private static CBORObject item(CBORObject array, int index) throws MalformedException {
        if (!isArray(array) || index >= array.size()) {
            throw new MalformedException("no item " + index + " in " + array.getType());
        }
        return array.get(index);
    }

    private static byte[] bytes(String what, CBORObject object) throws MalformedException {
        if (object.getType() != CBORType.ByteString) {
            throw new MalformedException(what + " is no byte string but " + object.getType());
        }
        return object.GetByteString();
    }
}

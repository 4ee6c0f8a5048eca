package energy.cryptometer.hal.key.pkcs11;

/// A PKCS#11 function that returned anything but CKR_OK. Stays inside this package, where it is
/// either answered with a new start of the module or turned into a KeyException.
final class CkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CkResult result;

    CkException(String function, CkResult result) {
        super(function + ": " + result);
        this.result = result;
    }

    CkResult result() {
        return result;
    }
}

package energy.cryptometer.hal.key.pkcs11;

/// A session that is logged in, with the handle of the private key in it. Handles die with the
/// epoch of the module. `point` is the proven public point; not copied, private to this package.
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeySession(long epoch, TokenLogin login, long key, byte[] point) {
    byte[] sign(Pkcs11Module module, byte[] digest) throws CkException {
        return module.sign(login.session(), key, digest);
    }
}

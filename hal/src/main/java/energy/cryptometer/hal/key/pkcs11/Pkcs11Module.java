package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.MODULE_MISSING;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import energy.cryptometer.hal.key.KeyException;
import energy.cryptometer.hal.key.Pin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The few functions of a PKCS#11 2.40 module that a signing key needs. Only for machines where a C
/// `long` has 64 bits (LP64: Linux on x86-64, arm64, riscv64). Not safe for use by several threads.
final class Pkcs11Module {
    /// Most slots looked at, and longest attribute read, in bytes (a certificate).
    static final int MAX_SLOTS = 64;

    static final int MAX_ATTRIBUTE_LENGTH = 16_384;

    private static final long OS_LOCKING_OK = 0x2;
    private static final long SERIAL_SESSION = 0x4;
    private static final long READ_WRITE_SESSION = 0x2;
    private static final long USER = 1;
    private static final long ECDSA = 0x1041;
    private static final long EC_KEY_PAIR_GENERATION = 0x1040;
    private static final long UNAVAILABLE = -1;
    private static final long FUNCTION_LIST_SIZE = 8 + 8L * 68;
    private static final int SIGNATURE_BUFFER = 256;

    private final Path path;
    private final Map<CkFunction, MethodHandle> functions = new EnumMap<>(CkFunction.class);

    private Pkcs11Module(Path path, MemorySegment functionList) {
        this.path = path;
        Linker linker = Linker.nativeLinker();
        for (CkFunction function : CkFunction.values()) {
            MemorySegment address = functionList.get(ADDRESS, function.offset());
            if (address.address() == 0) {
                throw missing(path, "does not implement " + function.cName(), null);
            }
            MethodHandle handle = linker.downcallHandle(address, function.descriptor());
            int arguments = function.descriptor().argumentLayouts().size();
            functions.put(function, handle.asSpreader(Object[].class, arguments));
        }
    }

    /// Loads a module for the life of the process: many do not survive being unloaded.
    ///
    /// @throws KeyException MODULE_MISSING
    static Pkcs11Module load(Path path) {
        var longLayout = Linker.nativeLinker().canonicalLayouts().get("long");
        if (longLayout == null || longLayout.byteSize() != 8 || ADDRESS.byteSize() != 8) {
            throw missing(path, "needs a 64-bit Linux (LP64)", null);
        }
        if (!Files.isRegularFile(path)) {
            throw missing(path, "does not exist", null);
        }
        if (!isElf(path)) {
            throw missing(path, "is not a shared library", null);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry =
                    SymbolLookup.libraryLookup(path, Arena.global())
                            .find("C_GetFunctionList")
                            .orElseThrow(() -> missing(path, "has no C_GetFunctionList", null));
            MethodHandle get =
                    Linker.nativeLinker()
                            .downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                            .asSpreader(Object[].class, 1);
            MemorySegment out = arena.allocate(ADDRESS);
            var result = new CkResult(invoke(get, out));
            MemorySegment list = out.get(ADDRESS, 0);
            if (!result.ok() || list.address() == 0) {
                throw missing(path, "gave no function list: " + result, null);
            }
            return new Pkcs11Module(path, list.reinterpret(FUNCTION_LIST_SIZE));
        } catch (IllegalArgumentException problem) {
            throw missing(path, "cannot be loaded", problem);
        }
    }

    private static boolean isElf(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {0x7f, 'E', 'L', 'F'});
        } catch (IOException problem) {
            throw missing(path, "cannot be read", problem);
        }
    }

    Path path() {
        return path;
    }

    /// Starts the module with the locks of the operating system. Returns false when somebody else
    /// in this process has started it already.
    boolean initialize() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(48, 8);
            arguments.set(JAVA_LONG, 32, OS_LOCKING_OK);
            CkResult result = result(CkFunction.INITIALIZE, arguments);
            if (result.equals(CkResult.CRYPTOKI_ALREADY_INITIALIZED)) {
                return false;
            }
            check(CkFunction.INITIALIZE, result);
            return true;
        }
    }

    void terminate() throws CkException {
        call(CkFunction.FINALIZE, MemorySegment.NULL);
    }

    /// The initialised tokens that are present.
    List<TokenInfo> tokens() throws CkException {
        List<TokenInfo> tokens = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            byte present = 1;
            // Asking for the number first makes a module look for new tokens (PKCS#11 2.40, 5.5).
            call(CkFunction.GET_SLOT_LIST, present, MemorySegment.NULL, count);
            MemorySegment slots = arena.allocate(JAVA_LONG, MAX_SLOTS);
            count.set(JAVA_LONG, 0, MAX_SLOTS);
            call(CkFunction.GET_SLOT_LIST, present, slots, count);
            for (long i = 0; i < Math.min(count.get(JAVA_LONG, 0), MAX_SLOTS); i++) {
                long slot = slots.getAtIndex(JAVA_LONG, i);
                MemorySegment info = arena.allocate(TokenInfo.SIZE, 8);
                // A token that does not answer must not hide the one beside it.
                if (!result(CkFunction.GET_TOKEN_INFO, slot, info).ok()) {
                    continue;
                }
                long flags = info.get(JAVA_LONG, TokenInfo.FLAGS_OFFSET);
                TokenInfo token = TokenInfo.of(slot, info.toArray(JAVA_BYTE), flags);
                if (token.flags().initialised()) {
                    tokens.add(token);
                }
            }
        }
        return tokens;
    }

    long openSession(long slot, boolean writable) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment session = arena.allocate(JAVA_LONG);
            long flags = SERIAL_SESSION | (writable ? READ_WRITE_SESSION : 0);
            MemorySegment none = MemorySegment.NULL;
            call(CkFunction.OPEN_SESSION, slot, flags, none, none, session);
            return session.get(JAVA_LONG, 0);
        }
    }

    void closeSession(long session) throws CkException {
        call(CkFunction.CLOSE_SESSION, session);
    }

    /// Logs the user in: exactly one attempt. All sessions of this process share the login.
    void login(long session, Pin pin) throws CkException {
        byte[] bytes = pin.bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, bytes);
            CkResult result = result(CkFunction.LOGIN, session, USER, copy, (long) bytes.length);
            copy.fill((byte) 0);
            if (!result.equals(CkResult.USER_ALREADY_LOGGED_IN)) {
                check(CkFunction.LOGIN, result);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Handles of at most `limit` objects that have all the attributes.
    List<Long> find(long session, CkAttributes template, int limit) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            long count = template.count();
            call(CkFunction.FIND_OBJECTS_INIT, session, template.in(arena), count);
            try {
                MemorySegment handles = arena.allocate(JAVA_LONG, limit);
                MemorySegment found = arena.allocate(JAVA_LONG);
                call(CkFunction.FIND_OBJECTS, session, handles, (long) limit, found);
                List<Long> objects = new ArrayList<>();
                for (long i = 0; i < Math.min(found.get(JAVA_LONG, 0), limit); i++) {
                    objects.add(handles.getAtIndex(JAVA_LONG, i));
                }
                return objects;
            } finally {
                call(CkFunction.FIND_OBJECTS_FINAL, session);
            }
        }
    }

    /// One attribute of an object, or nothing where the object has no such attribute, hides it, or
    /// gives more than [#MAX_ATTRIBUTE_LENGTH] bytes.
    Optional<byte[]> attribute(long session, long object, long type) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(CkAttributes.SIZE, 8);
            attribute.set(JAVA_LONG, 0, type);
            if (!read(session, object, attribute)) {
                return Optional.empty();
            }
            long length = attribute.get(JAVA_LONG, 16);
            if (length == UNAVAILABLE || length < 0 || length > MAX_ATTRIBUTE_LENGTH) {
                return Optional.empty();
            }
            MemorySegment value = arena.allocate(Math.max(1, length), 8);
            attribute.set(ADDRESS, 8, value);
            if (!read(session, object, attribute)) {
                return Optional.empty();
            }
            long read = Math.clamp(attribute.get(JAVA_LONG, 16), 0, length);
            return Optional.of(value.asSlice(0, read).toArray(JAVA_BYTE));
        }
    }

    private boolean read(long session, long object, MemorySegment attribute) throws CkException {
        CkResult result = result(CkFunction.GET_ATTRIBUTE_VALUE, session, object, attribute, 1L);
        if (result.equals(CkResult.ATTRIBUTE_SENSITIVE)) {
            return false;
        }
        if (result.equals(CkResult.ATTRIBUTE_TYPE_INVALID)) {
            return false;
        }
        check(CkFunction.GET_ATTRIBUTE_VALUE, result);
        return true;
    }

    /// Signs a digest with CKM_ECDSA, which gives r and s side by side (PKCS#11 2.40, 2.3.1).
    byte[] sign(long session, long key, byte[] digest) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, digest);
            MemorySegment signature = arena.allocate(SIGNATURE_BUFFER);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, (long) SIGNATURE_BUFFER);
            call(CkFunction.SIGN_INIT, session, mechanism(ECDSA, arena), key);
            call(CkFunction.SIGN, session, data, (long) digest.length, signature, length);
            long signed = Math.clamp(length.get(JAVA_LONG, 0), 0, SIGNATURE_BUFFER);
            return signature.asSlice(0, signed).toArray(JAVA_BYTE);
        }
    }

    void generateKeyPair(long session, CkAttributes publicKey, CkAttributes privateKey)
            throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            call(
                    CkFunction.GENERATE_KEY_PAIR,
                    session,
                    mechanism(EC_KEY_PAIR_GENERATION, arena),
                    publicKey.in(arena),
                    (long) publicKey.count(),
                    privateKey.in(arena),
                    (long) privateKey.count(),
                    arena.allocate(JAVA_LONG),
                    arena.allocate(JAVA_LONG));
        }
    }

    /// A CK_MECHANISM without parameters: type, pointer, length.
    private static MemorySegment mechanism(long type, Arena arena) {
        MemorySegment mechanism = arena.allocate(24, 8);
        mechanism.set(JAVA_LONG, 0, type);
        return mechanism;
    }

    private void call(CkFunction function, Object... arguments) throws CkException {
        check(function, result(function, arguments));
    }

    private static void check(CkFunction function, CkResult result) throws CkException {
        if (!result.ok()) {
            throw new CkException(function.cName(), result);
        }
    }

    private CkResult result(CkFunction function, Object... arguments) {
        MethodHandle handle = functions.get(function);
        if (handle == null) {
            throw new IllegalStateException(function.cName() + " is not bound");
        }
        return new CkResult(invoke(handle, arguments));
    }

    private static long invoke(MethodHandle handle, Object... arguments) {
        try {
            return (long) handle.invokeExact(arguments);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a C function threw", impossible);
        }
    }

    private static KeyException missing(Path path, String why, @Nullable Exception cause) {
        String detail = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new KeyException(
                MODULE_MISSING,
                "PKCS#11 module %s %s%s: install it or correct module-path."
                        .formatted(path, why, detail),
                cause);
    }
}

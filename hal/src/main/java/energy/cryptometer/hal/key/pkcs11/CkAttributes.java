package energy.cryptometer.hal.key.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A template: a list of attributes to search for or to give to a new object (CK_ATTRIBUTE).
final class CkAttributes {
    static final long CLASS = 0x0;
    static final long TOKEN = 0x1;
    static final long PRIVATE = 0x2;
    static final long LABEL = 0x3;
    static final long VALUE = 0x11;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10a;
    static final long EXTRACTABLE = 0x162;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;
    static final long ALWAYS_AUTHENTICATE = 0x202;

    static final long CERTIFICATE_OBJECT = 1;
    static final long PUBLIC_KEY_OBJECT = 2;
    static final long PRIVATE_KEY_OBJECT = 3;
    static final long EC_KEY = 3;

    private static final byte[] P256 = {
        0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
    };

    /// Size of one CK_ATTRIBUTE: type, pointer, length.
    static final long SIZE = 24;

    private final List<Long> types = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    /// CKA_EC_PARAMS of P-256: the DER encoding of object identifier 1.2.840.10045.3.1.7 (RFC 5480,
    /// 2.1.1.1).
    static byte[] p256() {
        return P256.clone();
    }

    CkAttributes with(long type, byte[] value) {
        types.add(type);
        values.add(value.clone());
        return this;
    }

    CkAttributes with(long type, boolean value) {
        return with(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    CkAttributes with(long type, long value) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array();
        return with(type, bytes);
    }

    int count() {
        return types.size();
    }

    MemorySegment in(Arena arena) {
        MemorySegment template = arena.allocate(SIZE * count(), 8);
        for (int i = 0; i < count(); i++) {
            byte[] value = values.get(i);
            MemorySegment copy = arena.allocate(Math.max(1, value.length), 8);
            MemorySegment.copy(value, 0, copy, JAVA_BYTE, 0, value.length);
            template.set(JAVA_LONG, SIZE * i, types.get(i));
            template.set(ADDRESS, SIZE * i + 8, copy);
            template.set(JAVA_LONG, SIZE * i + 16, value.length);
        }
        return template;
    }
}

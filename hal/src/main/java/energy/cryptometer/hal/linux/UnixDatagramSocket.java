package energy.cryptometer.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A datagram socket of `unix(7)` that sends to one address, and open files with it. An address is
/// a path, or a name of the abstract namespace when it starts with `@`.
public final class UnixDatagramSocket implements AutoCloseable {
    /// Longest address in bytes (`sun_path` without the closing zero).
    public static final int MAX_ADDRESS_BYTES = 107;

    /// Most descriptors in one datagram (SCM_MAX_FD is 253; nobody here needs more than a few).
    public static final int MAX_DESCRIPTORS = 8;

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final long CMSGHDR_BYTES = 16; // size_t length, int level, int type
    private static final long MSGHDR_BYTES = 56; // struct msghdr where long has 64 bits
    private static final long IOVEC_BYTES = 16;

    private static final CFunction SOCKET =
            CFunction.of("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final CFunction SENDMSG =
            CFunction.of("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

    private final Descriptor socket;
    private final byte[] address;

    private UnixDatagramSocket(Descriptor socket, byte[] address) {
        this.socket = socket;
        this.address = address;
    }

    /// A socket that sends to `address`; nothing is sent yet.
    public static UnixDatagramSocket to(String address) throws SystemCallException {
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 2
                || bytes.length > MAX_ADDRESS_BYTES
                || (bytes[0] != '/' && bytes[0] != '@')) {
            throw new IllegalArgumentException(
                    "socket address '"
                            + address
                            + "' is neither a path nor an abstract name of 2 to "
                            + MAX_ADDRESS_BYTES
                            + " bytes");
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        long number = SOCKET.call(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        return new UnixDatagramSocket(Descriptor.made(number), bytes);
    }

    /// Sends one datagram and, with it, the open files behind `descriptors` (SCM_RIGHTS).
    public void send(String text, List<Descriptor> descriptors) throws SystemCallException {
        if (descriptors.size() > MAX_DESCRIPTORS) {
            throw new IllegalArgumentException(
                    descriptors.size() + " descriptors are above " + MAX_DESCRIPTORS);
        }
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment vector = arena.allocate(IOVEC_BYTES, Long.BYTES);
            vector.set(ADDRESS, 0, arena.allocateFrom(JAVA_BYTE, bytes));
            vector.set(JAVA_LONG, 8, bytes.length);
            MemorySegment name = name(arena);
            MemorySegment message = arena.allocate(MSGHDR_BYTES, Long.BYTES);
            message.set(ADDRESS, 0, name);
            message.set(JAVA_INT, 8, (int) name.byteSize());
            message.set(ADDRESS, 16, vector);
            message.set(JAVA_LONG, 24, 1);
            if (!descriptors.isEmpty()) {
                MemorySegment rights = rights(descriptors, arena);
                message.set(ADDRESS, 32, rights);
                message.set(JAVA_LONG, 40, rights.byteSize());
            }
            SENDMSG.call(socket.number(), message, MSG_NOSIGNAL);
        }
    }

    /// A `sockaddr_un`: an abstract name ends with its length, a path with a zero.
    private MemorySegment name(Arena arena) {
        boolean isAbstract = address[0] == 0;
        MemorySegment name = arena.allocate(2L + address.length + (isAbstract ? 0 : 1), 2);
        name.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(address, 0, name, JAVA_BYTE, 2, address.length);
        return name;
    }

    private static MemorySegment rights(List<Descriptor> descriptors, Arena arena) {
        long length = CMSGHDR_BYTES + (long) Integer.BYTES * descriptors.size();
        MemorySegment rights = arena.allocate((length + 7) & ~7L, Long.BYTES);
        rights.set(JAVA_LONG, 0, length);
        rights.set(JAVA_INT, 8, SOL_SOCKET);
        rights.set(JAVA_INT, 12, SCM_RIGHTS);
        for (int i = 0; i < descriptors.size(); i++) {
            rights.set(
                    JAVA_INT,
                    CMSGHDR_BYTES + (long) Integer.BYTES * i,
                    descriptors.get(i).number());
        }
        return rights;
    }

    @Override
    public void close() {
        socket.close();
    }
}

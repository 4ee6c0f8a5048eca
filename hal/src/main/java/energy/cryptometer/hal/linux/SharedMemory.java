package energy.cryptometer.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/// Memory without a file name that lives as long as somebody holds its descriptor: it outlives the
/// process when the descriptor does (`memfd_create(2)`). What one process has written, the next one
/// sees, even if the first was killed; a power cut ends it.
///
/// Its size is sealed, so that no holder can cut it off under the others. Unmap it only when no
/// other thread uses the memory.
public final class SharedMemory implements AutoCloseable {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int SEALS = 1 | 2 | 4; // F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW
    private static final int SEEK_END = 2;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;

    private static final CFunction MEMFD_CREATE =
            CFunction.of("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final CFunction FTRUNCATE =
            CFunction.of("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final CFunction LSEEK =
            CFunction.of("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final CFunction MMAP =
            CFunction.of(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG));
    private static final CFunction MUNMAP =
            CFunction.of("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final CFunction MLOCK =
            CFunction.of("mlock", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final CFunction FCNTL =
            CFunction.variadic(
                    "fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private final Descriptor descriptor;
    private final MemorySegment memory;
    private boolean closed;

    private SharedMemory(Descriptor descriptor, MemorySegment memory) {
        this.descriptor = descriptor;
        this.memory = memory;
    }

    /// New memory of so many bytes, all zero. The name is for people who look at `/proc`.
    public static SharedMemory create(String name, long bytes) throws SystemCallException {
        Descriptor descriptor;
        try (Arena arena = Arena.ofConfined()) {
            descriptor =
                    Descriptor.made(
                            MEMFD_CREATE.call(
                                    arena.allocateFrom(name), MFD_CLOEXEC | MFD_ALLOW_SEALING));
        }
        try {
            FTRUNCATE.call(descriptor.number(), bytes);
            FCNTL.call(descriptor.number(), F_ADD_SEALS, SEALS);
            return map(descriptor, bytes);
        } catch (SystemCallException e) {
            descriptor.close();
            throw e;
        }
    }

    /// Memory that another process left. The descriptor belongs to it from now on.
    ///
    /// @throws SystemCallException also where it is no sealed memory
    public static SharedMemory adopt(Descriptor descriptor) throws SystemCallException {
        int seals = (int) FCNTL.call(descriptor.number(), F_GET_SEALS, 0);
        if ((seals & SEALS) != SEALS) {
            throw new SystemCallException("fcntl(F_GET_SEALS)", Errno.INVALID.number());
        }
        return map(descriptor, LSEEK.call(descriptor.number(), 0L, SEEK_END));
    }

    private static SharedMemory map(Descriptor descriptor, long bytes) throws SystemCallException {
        long address =
                MMAP.call(0L, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, descriptor.number(), 0L);
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(bytes);
        try {
            // A page that was swapped out makes the kernel fault where it copies an edge.
            MLOCK.call(memory, bytes);
        } catch (SystemCallException _) {
            // beyond RLIMIT_MEMLOCK: the pages stay likely to be there, not certain
        }
        return new SharedMemory(descriptor, memory);
    }

    /// All of it.
    public MemorySegment memory() {
        return memory;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /// Unmaps it and closes the descriptor. May be called twice.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            MUNMAP.call(memory, memory.byteSize());
        } catch (SystemCallException _) {
            // the mapping goes with the process
        }
        descriptor.close();
    }
}

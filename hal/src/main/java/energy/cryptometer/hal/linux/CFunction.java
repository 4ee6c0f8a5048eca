package energy.cryptometer.hal.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/// One function of the C library that answers -1 and sets `errno` where it fails. Safe for several
/// threads.
final class CFunction {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final String name;
    private final MethodHandle handle;

    private CFunction(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    static CFunction of(String name, FunctionDescriptor descriptor) {
        return bound(name, descriptor, Linker.Option.captureCallState("errno"));
    }

    /// A function like `ioctl`, whose arguments from number `fixed` on are variadic.
    static CFunction variadic(String name, int fixed, FunctionDescriptor descriptor) {
        return bound(
                name,
                descriptor,
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    private static CFunction bound(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            throw new UnsupportedOperationException(
                    name + " is bound for 64-bit Linux only; install a 64-bit image");
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle handle =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow(name), descriptor, options);
        int arguments = descriptor.argumentLayouts().size();
        return new CFunction(
                name,
                handle.asSpreader(1, Object[].class, arguments)
                        .asType(
                                MethodType.methodType(
                                        long.class, MemorySegment.class, Object[].class)));
    }

    /// What the function answers.
    ///
    /// @throws SystemCallException where it answers -1
    long call(Object... arguments) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = invoke(state, arguments);
            if (result == -1) {
                throw new SystemCallException(name, state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET));
            }
            return result;
        }
    }

    private long invoke(MemorySegment state, Object[] arguments) {
        try {
            return (long) handle.invokeExact(state, arguments);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) { // a C function throws nothing
            throw new IllegalStateException(name + " could not be called", impossible);
        }
    }
}

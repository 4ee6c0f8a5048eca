package energy.cryptometer.hal.linux;

import java.util.Map;

/// Why a system call failed, by the name that manuals use (`errno(3)`; the numbers are those of
/// `asm-generic/errno.h`, which x86-64, arm64 and riscv64 share).
public record Errno(int number) {
    public static final Errno NOT_PERMITTED = new Errno(1);
    public static final Errno NO_ENTRY = new Errno(2);
    public static final Errno INTERRUPTED = new Errno(4);
    public static final Errno AGAIN = new Errno(11);
    public static final Errno ACCESS = new Errno(13);
    public static final Errno BUSY = new Errno(16);
    public static final Errno NO_DEVICE = new Errno(19);
    public static final Errno NOT_A_DIRECTORY = new Errno(20);
    public static final Errno INVALID = new Errno(22);
    public static final Errno NOT_A_TERMINAL = new Errno(25);
    public static final Errno NO_SUCH_DEVICE = new Errno(6);
    public static final Errno NOT_SUPPORTED = new Errno(95);

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(1, "EPERM"),
                    Map.entry(2, "ENOENT"),
                    Map.entry(4, "EINTR"),
                    Map.entry(5, "EIO"),
                    Map.entry(6, "ENXIO"),
                    Map.entry(9, "EBADF"),
                    Map.entry(11, "EAGAIN"),
                    Map.entry(12, "ENOMEM"),
                    Map.entry(13, "EACCES"),
                    Map.entry(14, "EFAULT"),
                    Map.entry(16, "EBUSY"),
                    Map.entry(17, "EEXIST"),
                    Map.entry(19, "ENODEV"),
                    Map.entry(20, "ENOTDIR"),
                    Map.entry(22, "EINVAL"),
                    Map.entry(23, "ENFILE"),
                    Map.entry(24, "EMFILE"),
                    Map.entry(25, "ENOTTY"),
                    Map.entry(28, "ENOSPC"),
                    Map.entry(32, "EPIPE"),
                    Map.entry(38, "ENOSYS"),
                    Map.entry(90, "EMSGSIZE"),
                    Map.entry(95, "EOPNOTSUPP"),
                    Map.entry(104, "ECONNRESET"),
                    Map.entry(105, "ENOBUFS"),
                    Map.entry(107, "ENOTCONN"),
                    Map.entry(111, "ECONNREFUSED"));

    @Override
    public String toString() {
        return NAMES.getOrDefault(number, "errno " + number);
    }
}

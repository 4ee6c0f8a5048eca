package energy.cryptometer.hal.linux;

import java.io.IOException;

/// A system call that the kernel refused.
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final int errno;

    SystemCallException(String function, int errno) {
        super(function + " gave " + new Errno(errno));
        this.function = function;
        this.errno = errno;
    }

    /// The C function.
    public String function() {
        return function;
    }

    public Errno errno() {
        return new Errno(errno);
    }

    public boolean is(Errno expected) {
        return errno == expected.number();
    }
}

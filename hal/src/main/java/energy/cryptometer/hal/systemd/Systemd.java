package energy.cryptometer.hal.systemd;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import energy.cryptometer.hal.linux.UnixDatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service manager that started this program, by the protocol of `sd_notify(3)`. Where there is
/// none, every call does nothing, so that nobody has to ask. No call throws: a program must not
/// stop because its status line could not be told; [#problem] says what went wrong last. Safe for
/// several threads.
public final class Systemd implements AutoCloseable {
    /// Longest status told, in characters; more is cut.
    public static final int MAX_STATUS = 200;

    private static final int MOST_DIGITS = 18;
    private static final int MAX_NAME = 255; // sd_pid_notify_with_fds(3), FDNAME=

    private final @Nullable UnixDatagramSocket socket;
    private final StoredDescriptors stored;
    private final Optional<Duration> watchdog;
    private final Folders folders;
    private volatile Optional<String> problem;

    /// Those of a service that its manager makes; empty where it makes none.
    private record Folders(Optional<Path> state, Optional<Path> runtime) {
        private static final Folders NONE = new Folders(Optional.empty(), Optional.empty());

        static Folders of(Map<String, String> environment) {
            return new Folders(
                    first(environment.get("STATE_DIRECTORY")),
                    first(environment.get("RUNTIME_DIRECTORY")));
        }

        private static Optional<Path> first(@Nullable String list) {
            return Optional.ofNullable(list)
                    .map(paths -> paths.split(":", 2)[0])
                    .filter(path -> path.startsWith("/"))
                    .map(Path::of);
        }
    }

    private Systemd(
            @Nullable UnixDatagramSocket socket,
            StoredDescriptors stored,
            Optional<Duration> watchdog,
            Folders folders,
            Optional<String> problem) {
        this.socket = socket;
        this.stored = stored;
        this.watchdog = watchdog;
        this.folders = folders;
        this.problem = problem;
    }

    /// Nobody: a program started by hand.
    public static Systemd absent() {
        return new Systemd(
                null, StoredDescriptors.none(), Optional.empty(), Folders.NONE, Optional.empty());
    }

    /// Reads the environment of this process and takes over the descriptors that were left to it.
    /// Call it once, before anything opens files.
    public static Systemd ofThisProcess() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    /// Reads NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID, LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES,
    /// STATE_DIRECTORY and RUNTIME_DIRECTORY (their first folder, where they name several). What is
    /// malformed is ignored and named in [#problem].
    ///
    /// @param pid the process these variables must be meant for
    public static Systemd of(Map<String, String> environment, long pid) {
        StoredDescriptors stored = StoredDescriptors.of(environment, pid);
        Optional<Duration> watchdog = watchdog(environment, pid);
        Folders folders = Folders.of(environment);
        String address = environment.get("NOTIFY_SOCKET");
        UnixDatagramSocket socket = null;
        Optional<String> problem = stored.problem();
        if (address != null) {
            try {
                socket = UnixDatagramSocket.to(address);
            } catch (SystemCallException | IllegalArgumentException e) {
                problem = Optional.of("NOTIFY_SOCKET: " + e.getMessage());
            }
        }
        return new Systemd(socket, stored, watchdog, folders, problem);
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String meantFor = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        if (!meantFor.equals(Long.toString(pid))) {
            return Optional.empty();
        }
        return bounded(environment.get("WATCHDOG_USEC"), 1, Long.MAX_VALUE / 1_000)
                .map(micros -> Duration.ofNanos(micros * 1_000));
    }

    /// Whether anybody listens.
    public boolean isPresent() {
        return socket != null;
    }

    /// Within this time the program must say that it is alive; empty where nobody watches.
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /// The descriptors an earlier process of this service left.
    public StoredDescriptors stored() {
        return stored;
    }

    /// A folder of this service that lasts (`StateDirectory=`).
    public Optional<Path> stateDirectory() {
        return folders.state();
    }

    /// A folder of this service that lasts until the next boot (`RuntimeDirectory=`).
    public Optional<Path> runtimeDirectory() {
        return folders.runtime();
    }

    /// What went wrong last, in one line.
    public Optional<String> problem() {
        return problem;
    }

    /// The program does its work from now on.
    public boolean ready() {
        return send("READY=1", List.of());
    }

    /// The program is alive: feeds the watchdog. Call it after a check, never from a bare timer.
    public boolean alive() {
        return send("WATCHDOG=1", List.of());
    }

    /// The program ends.
    public boolean stopping() {
        return send("STOPPING=1", List.of());
    }

    /// One line for a person who asks `systemctl status`.
    public boolean status(String line) {
        String clean = line.replaceAll("\\p{Cntrl}+", " ");
        return send(
                "STATUS=" + clean.substring(0, Math.min(clean.length(), MAX_STATUS)), List.of());
    }

    /// Asks the manager to keep a duplicate of `descriptor` under `name` and to hand it to the next
    /// process of this service. The unit needs `FileDescriptorStoreMax=`.
    ///
    /// @param name 1 to 255 printable ASCII characters without colon
    /// @return whether the manager was told; whether it had room it does not say
    public boolean store(String name, Descriptor descriptor) {
        return send("FDSTORE=1\nFDNAME=" + checked(name), List.of(descriptor));
    }

    /// Asks the manager to close every descriptor it keeps under `name`.
    public boolean remove(String name) {
        return send("FDSTOREREMOVE=1\nFDNAME=" + checked(name), List.of());
    }

    /// Waits until the manager has dealt with everything it was told before (`BARRIER=1`): it
    /// closes the end of a pipe that it is sent. A line whose last descriptor it held is free then.
    ///
    /// @return false where the time ran out or nobody listens
    public boolean barrier(Duration timeout) {
        try {
            Descriptor.Pipe pipe = Descriptor.pipe();
            try (Descriptor read = pipe.read()) {
                boolean sent;
                try (Descriptor write = pipe.write()) {
                    sent = send("BARRIER=1", List.of(write));
                }
                return sent && read.awaitReadable(timeout);
            }
        } catch (SystemCallException e) {
            problem = Optional.ofNullable(e.getMessage());
            return false;
        }
    }

    static String checked(String name) {
        boolean printable = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
        if (name.isEmpty() || name.length() > MAX_NAME || !printable) {
            throw new IllegalArgumentException(
                    "descriptor name '"
                            + name
                            + "' is not 1 to "
                            + MAX_NAME
                            + " printable ASCII characters without colon");
        }
        return name;
    }

    /// The number where the text is nothing but its digits and it lies in the bounds, else nothing.
    static Optional<Long> bounded(@Nullable String text, long least, long most) {
        if (text == null
                || text.isEmpty()
                || text.length() > MOST_DIGITS
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most ? Optional.of(number) : Optional.empty();
    }

    private boolean send(String text, List<Descriptor> descriptors) {
        UnixDatagramSocket to = socket;
        if (to == null) {
            return false;
        }
        try {
            to.send(text, descriptors);
            return true;
        } catch (SystemCallException e) {
            problem =
                    Optional.of(
                            "service manager could not be told "
                                    + text.lines().findFirst().orElse("")
                                    + ": "
                                    + e.getMessage());
            return false;
        }
    }

    /// Closes the socket and what nobody took of the stored descriptors.
    @Override
    public void close() {
        stored.close();
        if (socket != null) {
            socket.close();
        }
    }
}

package energy.cryptometer.hal.systemd;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Open files that an earlier process of this service left with the service manager, by name
/// (`sd_listen_fds_with_names(3)`). Each is given away once. Safe for several threads.
public final class StoredDescriptors implements AutoCloseable {
    private static final int FIRST = 3; // SD_LISTEN_FDS_START
    private static final int MOST = 64;

    private final Map<String, List<Descriptor>> byName = new TreeMap<>();
    private Optional<String> problem = Optional.empty();

    private StoredDescriptors() {}

    static StoredDescriptors none() {
        return new StoredDescriptors();
    }

    /// Takes over what LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES announce to process `pid`. What is
    /// announced to another process, or malformed, is left alone.
    static StoredDescriptors of(Map<String, String> environment, long pid) {
        StoredDescriptors stored = new StoredDescriptors();
        String announced = environment.get("LISTEN_FDS");
        if (announced == null) {
            return stored;
        }
        String meantFor = environment.getOrDefault("LISTEN_PID", "nobody");
        if (!meantFor.equals(Long.toString(pid))) {
            stored.problem =
                    Optional.of(
                            "stored descriptors are meant for process "
                                    + meantFor
                                    + ", this is "
                                    + pid
                                    + "; a start script must exec the program");
            return stored;
        }
        Optional<Long> count = Systemd.bounded(announced, 0, MOST);
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        if (count.isEmpty() || (count.get() > 0 && count.get() != names.length)) {
            stored.problem =
                    Optional.of(
                            "LISTEN_FDS is '%s' and LISTEN_FDNAMES has %d names: want 0 to %d of each"
                                    .formatted(announced, names.length, MOST));
            return stored;
        }
        for (int i = 0; i < count.get(); i++) {
            stored.adopt(names[i], FIRST + i);
        }
        return stored;
    }

    private void adopt(String name, int number) {
        try {
            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(Descriptor.adopt(number));
        } catch (SystemCallException e) {
            problem =
                    Optional.of(
                            "stored descriptor %d '%s' is not open: %s"
                                    .formatted(number, name, e.getMessage()));
        }
    }

    /// The descriptor of that name, which belongs to the caller from now on. Empty where there is
    /// none, and also where there are several: nobody can tell which is meant, so they are closed.
    public synchronized Optional<Descriptor> take(String name) {
        List<Descriptor> found = byName.remove(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        found.forEach(Descriptor::close);
        return Optional.empty();
    }

    /// The names that nobody has taken, for example of inputs that are no longer configured.
    public synchronized List<String> left() {
        return List.copyOf(new TreeSet<>(byName.keySet()));
    }

    /// What was wrong with the announcement, in one line.
    Optional<String> problem() {
        return problem;
    }

    /// Closes what nobody took. What the manager keeps is not touched by that.
    @Override
    public synchronized void close() {
        byName.values().forEach(all -> all.forEach(Descriptor::close));
        byName.clear();
    }
}

package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.service.ServiceManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Kept by systemd, or whoever else started the program and has a store for descriptors.
///
/// @param input the name of the input, for the names of the descriptors
record ManagedInput(ServiceManager manager, String input) implements InputStore {
    private static final String PREFIX = "gpio-";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private String line() {
        return PREFIX + input + "-line";
    }

    private String ring() {
        return PREFIX + input + "-ring";
    }

    @Override
    public Optional<Kept> take() {
        Optional<Descriptor> line = manager.stored().take(line());
        Optional<Descriptor> ring = manager.stored().take(ring());
        if (line.isPresent() && ring.isPresent()) {
            return Optional.of(new Kept(line.get(), ring.get()));
        }
        line.ifPresent(Descriptor::close);
        ring.ifPresent(Descriptor::close);
        return Optional.empty();
    }

    /// Ring first: a line without its ring is never believed, and a ring without its line neither.
    @Override
    public void keep(Kept kept) {
        boolean _ = manager.keep(ring(), kept.ring()) && manager.keep(line(), kept.line());
    }

    @Override
    public void forget() {
        if (manager.isPresent()) {
            manager.forget(line());
            manager.forget(ring());
            boolean _ = manager.awaitDealtWith(LONGEST_WAIT);
        }
    }

    /// Lets go what is left of inputs that nobody opened.
    static void forgetOthers(ServiceManager manager) {
        List<String> others =
                manager.stored().left().stream().filter(name -> name.startsWith(PREFIX)).toList();
        for (String name : others) {
            manager.stored().take(name).ifPresent(Descriptor::close);
            manager.forget(name);
        }
    }

    @Override
    public boolean survives() {
        return manager.isPresent();
    }

    @Override
    public Optional<String> problem() {
        return manager.problem();
    }
}

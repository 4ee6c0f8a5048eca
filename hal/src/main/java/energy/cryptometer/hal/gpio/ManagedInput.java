package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.service.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Kept by systemd, or whoever else started the program and has a store for descriptors.
final class ManagedInput implements InputStore {
    private static final String PREFIX = "gpio-";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Supervisor manager;
    private final String line;
    private final String ring;
    private volatile Optional<String> problem = Optional.empty();

    /// The store of the input of that name.
    ManagedInput(Supervisor manager, String input) {
        this.manager = manager;
        line = PREFIX + input + "-line";
        ring = PREFIX + input + "-ring";
    }

    @Override
    public Optional<Kept> take() {
        Optional<Descriptor> keptLine = manager.stored().take(line);
        Optional<Descriptor> keptRing = manager.stored().take(ring);
        if (keptLine.isPresent() && keptRing.isPresent()) {
            return Optional.of(new Kept(keptLine.get(), keptRing.get()));
        }
        keptLine.ifPresent(Descriptor::close);
        keptRing.ifPresent(Descriptor::close);
        return Optional.empty();
    }

    /// Ring first: a line without its ring is never believed, and a ring without its line neither.
    @Override
    public void keep(Kept kept) {
        if (manager.isPresent()) {
            boolean told = manager.keep(ring, kept.ring()) && manager.keep(line, kept.line());
            problem = told ? Optional.empty() : manager.problem();
        }
    }

    @Override
    public void forget() {
        if (manager.isPresent()) {
            manager.forget(line);
            manager.forget(ring);
            boolean _ = manager.awaitDealtWith(LONGEST_WAIT);
        }
    }

    /// Lets go what is left of inputs that nobody opened.
    static void forgetOthers(Supervisor manager) {
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
        return problem;
    }
}

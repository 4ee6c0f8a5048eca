package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.systemd.Systemd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Kept by systemd, or whoever else started the program and has a store for descriptors; at the
/// next boot requested again by a helper that it starts first ([BootHold]).
final class SystemdInputStore implements InputStore {
    private static final String PREFIX = "gpio-";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final String LINE = "-line";
    private static final String RING = "-ring";

    private final Systemd manager;
    private final BootHold boot;
    private final String line;
    private final String ring;
    private volatile Optional<String> problem = Optional.empty();

    /// The store of the input of that name.
    SystemdInputStore(Systemd manager, String input) {
        this.manager = manager;
        boot = bootHold(manager, input);
        line = PREFIX + input + LINE;
        ring = PREFIX + input + RING;
    }

    private static BootHold bootHold(Systemd manager, String input) {
        return BootHold.of(input, manager.stateDirectory(), manager.runtimeDirectory());
    }

    @Override
    public Optional<Left> take() {
        Optional<Descriptor> keptLine = manager.stored().take(line);
        Optional<Descriptor> keptRing = manager.stored().take(ring);
        if (keptLine.isPresent() && keptRing.isPresent()) {
            return Optional.of(new Kept(keptLine.get(), keptRing.get()));
        }
        Optional<HoldNote> note = boot.note();
        if (keptLine.isPresent() && note.isPresent()) {
            return Optional.of(new Held(keptLine.get(), note.get()));
        }
        keptLine.ifPresent(Descriptor::close);
        keptRing.ifPresent(Descriptor::close);
        return Optional.empty();
    }

    /// Ring first: a line without its ring is never believed unless its note says that nobody has
    /// read it, and a ring without its line neither. The note goes when the manager has both.
    @Override
    public void keep(Kept kept) {
        if (manager.isPresent()) {
            boolean told = manager.store(ring, kept.ring()) && manager.store(line, kept.line());
            problem = told ? Optional.empty() : manager.problem();
            if (boot.note().isPresent()) {
                boolean _ = manager.barrier(LONGEST_WAIT);
                tried(boot::removeNote);
            }
        }
    }

    @Override
    public void forget() {
        tried(boot::removeNote);
        if (manager.isPresent()) {
            manager.remove(line);
            manager.remove(ring);
            boolean _ = manager.barrier(LONGEST_WAIT);
        }
    }

    /// From the next boot on the helper requests it.
    void holdAtBoot(BootHold.Plan plan) {
        tried(() -> boot.leave(plan));
    }

    /// The helper is to request it no more.
    void leaveAloneAtBoot() {
        tried(boot::withdraw);
    }

    private interface OnFiles {
        void run() throws IOException;
    }

    private void tried(OnFiles work) {
        try {
            work.run();
        } catch (IOException e) {
            problem = Optional.of("it is not requested early at the next boot: " + e);
        }
    }

    /// Lets go what is left of inputs that nobody opened.
    static void forgetOthers(Systemd manager) {
        List<String> others =
                manager.stored().left().stream().filter(name -> name.startsWith(PREFIX)).toList();
        for (String name : others) {
            manager.stored().take(name).ifPresent(Descriptor::close);
            manager.remove(name);
            if (name.endsWith(LINE)) {
                String input = name.substring(PREFIX.length(), name.length() - LINE.length());
                new SystemdInputStore(manager, input).leaveAloneAtBoot();
            }
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

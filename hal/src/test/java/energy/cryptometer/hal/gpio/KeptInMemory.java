package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A store like that of systemd: it holds duplicates, gives duplicates, and keeps its own until
/// told to forget.
final class KeptInMemory implements InputStore, AutoCloseable {
    private Optional<Kept> kept = Optional.empty();
    private Optional<Held> held = Optional.empty();

    @Override
    public Optional<Left> take() {
        return held.<Left>map(KeptInMemory::duplicate).or(() -> kept.map(KeptInMemory::duplicate));
    }

    /// Somebody requested the line before there was a program.
    void holds(Held line) {
        held = Optional.of(duplicate(line));
    }

    private static Held duplicate(Held held) {
        try {
            return new Held(held.line().duplicate(), held.note());
        } catch (SystemCallException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kept duplicate(Kept kept) {
        try {
            return new Kept(kept.line().duplicate(), kept.ring().duplicate());
        } catch (SystemCallException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void keep(Kept given) {
        Kept both = duplicate(given);
        forget();
        kept = Optional.of(both);
    }

    @Override
    public void forget() {
        kept.ifPresent(Left::close);
        kept = Optional.empty();
        held.ifPresent(Left::close);
        held = Optional.empty();
    }

    /// Somebody else's file stands where the ring was.
    void ringIsReplacedBy(Descriptor other) {
        kept = kept.map(k -> new Kept(k.line(), other));
    }

    @Override
    public boolean survives() {
        return true;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public void close() {
        forget();
    }
}

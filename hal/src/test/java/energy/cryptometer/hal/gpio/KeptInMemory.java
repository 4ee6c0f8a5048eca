package energy.cryptometer.hal.gpio;

import energy.cryptometer.hal.linux.Descriptor;
import energy.cryptometer.hal.linux.SystemCallException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A store like that of systemd: it holds duplicates, gives duplicates, and keeps its own until
/// told to forget.
final class KeptInMemory implements InputStore, AutoCloseable {
    private Optional<Kept> kept = Optional.empty();

    @Override
    public Optional<Kept> take() {
        return kept.map(KeptInMemory::duplicate);
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
        kept = Optional.of(duplicate(given));
    }

    @Override
    public void forget() {
        kept.ifPresent(Kept::close);
        kept = Optional.empty();
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

package energy.cryptometer.command.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Everything that is wrong with one file, at most one line for each key.
final class Problems {
    private record Problem(int line, int column, String text) {}

    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> unsound = new HashSet<>();

    Problems(Path file) {
        this.file = file;
    }

    /// Keeps the first problem of a key: what follows from it would only confuse.
    void add(Position position, String key, String what) {
        if (!unsound.add(key)) {
            return;
        }
        String text = "%s:%d: key '%s' %s".formatted(file, position.line(), key, what);
        problems.add(new Problem(position.line(), position.column(), text));
    }

    /// A problem of the file rather than of a key.
    void add(Position position, String what) {
        String text = "%s:%d: %s".formatted(file, position.line(), what);
        problems.add(new Problem(position.line(), position.column(), text));
    }

    boolean isSound(String key) {
        return !unsound.contains(key);
    }

    /// One line each, ascending by their place in the file.
    List<String> lines() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(Problem::text)
                .distinct()
                .toList();
    }
}

package energy.cryptometer.command.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Which known word somebody may have meant who wrote an unknown one.
final class Suggestion {
    private Suggestion() {}

    private record Candidate(String word, int distance) {}

    /// The nearest word that differs by at most a third of its letters (insertions, deletions,
    /// changes; case does not count).
    static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > 64) {
            return Optional.empty();
        }
        return known.stream()
                .map(word -> new Candidate(word, distance(written, word)))
                .filter(candidate -> candidate.distance() <= (candidate.word().length() + 2) / 3)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .map(Candidate::word);
    }

    /// Levenshtein's distance, one row at a time.
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

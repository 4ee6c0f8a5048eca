package energy.cryptometer.hal.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decimal numbers of the environment.
final class Numbers {
    private static final int MOST_DIGITS = 18;

    private Numbers() {}

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
}

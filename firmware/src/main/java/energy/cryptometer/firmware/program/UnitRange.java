package energy.cryptometer.firmware.program;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Unit ids to ask, `1-247` or `7`.
record UnitRange(int first, int last) {
    private static final int LAST = 247;

    static Optional<UnitRange> parse(String text) {
        if (!text.matches("[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?")) {
            return Optional.empty();
        }
        String[] ends = text.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        return first <= last && last <= LAST
                ? Optional.of(new UnitRange(first, last))
                : Optional.empty();
    }

    int size() {
        return last - first + 1;
    }

    List<Integer> units() {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}

package energy.cryptometer.firmware.profile;

import energy.cryptometer.ledger.unit.PulseConstant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a CSV file (RFC 4180, but a field never spans lines) strictly: every refusal names file,
/// line and column, shows what stands there and says what is expected.
///
/// The first line names the columns. Each row is the mean power of an interval and the time at
/// which it ends; an interval begins where the one before it ended, and the first is as long as the
/// second. A negative power is refused: a meter of production never counts back.
public final class ProfileReader {
    private static final Pattern WATTS =
            Pattern.compile("\\d{1,20}(\\.\\d{1,20})?([eE][+-]?\\d{1,2})?");
    private static final BigDecimal MAX_WATTS = new BigDecimal(1_000_000_000);
    private static final int MICROWATT_DECIMALS = 6;

    private final BoundedLines lines;
    private final ProfileColumns columns;
    private final int mostRows;
    private final ProfileRows rows = new ProfileRows();
    private int timeIndex;
    private int powerIndex;
    private int fields;

    private ProfileReader(BoundedLines lines, ProfileColumns columns, int mostRows) {
        this.mostRows = mostRows;
        this.lines = lines;
        this.columns = columns;
    }

    /// Reads the whole file.
    ///
    /// @throws ProfileException in one line, where the file cannot be read or replayed
    public static Profile read(Path file, ProfileColumns columns, PulseConstant constant) {
        return read(file, columns, constant, Profile.MAX_ROWS);
    }

    /// The same with another bound.
    static Profile read(Path file, ProfileColumns columns, PulseConstant constant, int mostRows) {
        try (BoundedLines lines = BoundedLines.open(file)) {
            ProfileReader reader = new ProfileReader(lines, columns, mostRows);
            reader.readAll();
            String fingerprint =
                    "profile %s column %s"
                            .formatted(lines.digest().substring(0, 32), shortName(columns.power()));
            return new Profile(file, fingerprint, reader.rows, constant);
        } catch (IOException e) {
            throw new ProfileException(
                    "profile %s cannot be read: %s; check the path".formatted(file, e), e);
        }
    }

    private static String shortName(String column) {
        return column.substring(0, Math.min(column.length(), 64));
    }

    private void readAll() throws IOException {
        readHeader(lines.next().orElseThrow(() -> lines.refused("file is empty")));
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (rows.size() == mostRows) {
                throw lines.refused("more than %d rows".formatted(mostRows));
            }
            readRow(line.get());
        }
        if (rows.size() < 2) {
            throw lines.refused(
                    "%d rows, expected at least 2: the first interval is as long as the second"
                            .formatted(rows.size()));
        }
    }

    private void readHeader(String line) {
        List<String> names = split(line);
        fields = names.size();
        timeIndex = indexOf(columns.time(), names);
        powerIndex = indexOf(columns.power(), names);
    }

    private int indexOf(String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw lines.refused(
                    "no column %s; the columns are %s"
                            .formatted(ProfileException.quote(name), shown(names)));
        }
        if (names.lastIndexOf(name) != index) {
            throw lines.refused("column %s stands twice".formatted(ProfileException.quote(name)));
        }
        return index;
    }

    private static String shown(List<String> names) {
        List<String> quoted = names.stream().limit(20).map(ProfileException::quote).toList();
        return String.join(", ", quoted);
    }

    private void readRow(String line) {
        List<String> cells = split(line);
        if (cells.size() != fields) {
            throw lines.refused("%d fields, expected %d".formatted(cells.size(), fields));
        }
        long end = end(cells.get(timeIndex));
        if (rows.size() > 0 && end <= rows.lastEnd()) {
            throw lines.refused(
                    "column '%s' is %s, expected a time after %s of the row before"
                            .formatted(
                                    columns.time(),
                                    ProfileException.quote(cells.get(timeIndex)),
                                    Instant.ofEpochMilli(rows.lastEnd())));
        }
        rows.add(end, microwatts(cells.get(powerIndex)));
    }

    private long end(String cell) {
        try {
            Instant end = OffsetDateTime.parse(cell).toInstant();
            if (end.equals(end.truncatedTo(ChronoUnit.MILLIS))) {
                return end.toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException _) {
            // refused below
        }
        throw lines.refused(
                "column '%s' is %s, expected a time like 2022-10-02T00:10:00+04:00, whole milliseconds"
                        .formatted(columns.time(), ProfileException.quote(cell)));
    }

    private long microwatts(String cell) {
        if (WATTS.matcher(cell).matches()) {
            BigDecimal watts = new BigDecimal(cell).stripTrailingZeros();
            if (watts.compareTo(MAX_WATTS) <= 0 && watts.scale() <= MICROWATT_DECIMALS) {
                return watts.movePointRight(MICROWATT_DECIMALS).longValueExact();
            }
        }
        throw lines.refused(
                "column '%s' is %s, expected watts from 0 to %s with at most %d decimals"
                        .formatted(
                                columns.power(),
                                ProfileException.quote(cell),
                                MAX_WATTS,
                                MICROWATT_DECIMALS));
    }

    private List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean doubled = quoted && c == '"' && line.startsWith("\"\"", i);
            if (doubled) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw lines.refused("a quotation mark is not closed");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}

package energy.cryptometer.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How a program's store is made and brought up to date.
///
/// Script n (counted from 1) leads from schema version n - 1 to n and runs in one transaction; the
/// version stands in SQLite's `user_version`. Scripts already released are never edited. They hold
/// no BEGIN or COMMIT, and every table is STRICT, so that a column keeps its type.
///
/// @param applicationId who owns the file (SQLite's `application_id`), never 0; 4 ASCII letters as
///   a number make it readable in a hex dump
/// @param pageSize bytes per page of a new file, a power of two from 512 to 65536; 1024 wears a
///   flash card least when rows are small and written one by one
/// @param scripts the SQL of each step
public record Migrations(int applicationId, int pageSize, List<String> scripts) {
    /// SQLite's own default, right for larger values.
    public static final int USUAL_PAGE_SIZE = 4096;

    private static final int MAX_SCRIPT_BYTES = 1 << 20;

    public Migrations {
        scripts = List.copyOf(scripts);
        if (applicationId == 0) {
            throw new IllegalArgumentException("application id is 0");
        }
        if (scripts.isEmpty()) {
            throw new IllegalArgumentException("no migration at all");
        }
        if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
            throw new IllegalArgumentException(
                    "page size is " + pageSize + ", not a power of two in [512, 65536]");
        }
    }

    /// Reads the scripts that lie beside `owner` as resources, named `001-start.sql`,
    /// `002-what-changes.sql` and so on without a gap.
    public static Migrations of(int applicationId, Class<?> owner, String... resources) {
        List<String> scripts = new ArrayList<>();
        for (String name : resources) {
            String wanted = "%03d-".formatted(scripts.size() + 1);
            if (!name.startsWith(wanted) || !name.endsWith(".sql")) {
                throw new IllegalArgumentException(
                        "migration " + name + " is not named " + wanted + "NAME.sql");
            }
            scripts.add(read(owner, name));
        }
        return new Migrations(applicationId, USUAL_PAGE_SIZE, scripts);
    }

    /// The same, with another page size for files not made yet.
    public Migrations withPageSize(int bytes) {
        return new Migrations(applicationId, bytes, scripts);
    }

    /// The schema version these scripts lead to.
    public int version() {
        return scripts.size();
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name + " beside " + owner);
            }
            return new String(in.readNBytes(MAX_SCRIPT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read resource " + name, e);
        }
    }
}

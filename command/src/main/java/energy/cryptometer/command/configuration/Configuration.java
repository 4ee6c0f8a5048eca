package energy.cryptometer.command.configuration;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// A TOML file, read once when a program starts. Ask for every section and key, then call [#orFail]
/// before any value is used: values of keys with problems are placeholders. All problems are told
/// at once, unknown keys among them. Not safe for threads.
public final class Configuration {
    /// Largest file, in bytes.
    public static final int MAX_BYTES = 256 * 1024;

    private final Path file;
    private final TomlTable root;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Section> tables = new HashMap<>();

    private Configuration(Path file, TomlTable root) {
        this.file = file;
        this.root = root;
        this.problems = new Problems(file);
    }

    /// Reads a file of at most 256 KiB in UTF-8.
    ///
    /// @throws CommandFailure CONFIG if it is missing, unreadable, too large, or not TOML; with all
    ///   syntax errors
    public static Configuration read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw refused(
                        file + " is larger than " + MAX_BYTES + " bytes: is it the right file?");
            }
            return parse(file, decoded(file, content));
        } catch (NoSuchFileException _) {
            throw refused("configuration " + file + " does not exist");
        } catch (IOException problem) {
            String why = CommandFailure.of("cannot read configuration " + file, problem).text();
            throw new CommandFailure(ExitCode.CONFIG, why, problem);
        }
    }

    private static String decoded(Path file, byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException _) {
            throw refused(file + " is not UTF-8 text: save it as UTF-8");
        }
    }

    private static Configuration parse(Path file, String text) {
        TomlParseResult parsed;
        try {
            parsed = Toml.parse(text);
        } catch (StackOverflowError _) {
            throw refused(file + " nests lists or tables too deeply");
        }
        if (!parsed.hasErrors()) {
            return new Configuration(file, parsed);
        }
        var problems = new Problems(file);
        parsed.errors()
                .forEach(error ->
                        problems.add(
                                Position.of(error.position()),
                                ValueText.printable(String.valueOf(error.getMessage()))));
        throw refused(String.join(System.lineSeparator(), problems.lines()));
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.CONFIG, why);
    }

    /// A table that must be there. Where it is missing that is the problem, and no key of it is.
    public Section section(String name) {
        return optionalSection(name)
                .orElseGet(() -> {
                    problems.add(Position.START, "section [%s] is missing".formatted(name));
                    return Section.absent(this, name);
                });
    }

    /// A table that may be there; the same section however often it is asked for.
    public Optional<Section> optionalSection(String name) {
        asked.add(name);
        if (!root.contains(List.of(name))) {
            return Optional.empty();
        }
        return Optional.of(tables.computeIfAbsent(name, this::table));
    }

    private Section table(String name) {
        if (root.get(List.of(name)) instanceof TomlTable table) {
            return remember(new Section(this, name, table, positionOf(name)));
        }
        problems.add(positionOf(name), name, "is not a table: write [%s]".formatted(name));
        return Section.absent(this, name);
    }

    /// A list of tables, `[[name]]`, in the order of the file; empty where there is none.
    public List<Section> sections(String name) {
        asked.add(name);
        if (!root.contains(List.of(name))) {
            return List.of();
        }
        List<Section> found = new ArrayList<>();
        if (root.get(List.of(name)) instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (!(array.get(i) instanceof TomlTable table)) {
                    found.clear();
                    break;
                }
                String title = "%s[%d]".formatted(name, i + 1);
                found.add(new Section(this, title, table, Position.of(array.inputPositionOf(i))));
            }
        }
        if (found.isEmpty()) {
            problems.add(
                    positionOf(name), name, "is no list of tables: write [[%s]]".formatted(name));
        }
        found.forEach(this::remember);
        return found;
    }

    /// States a problem of the file as a whole, such as too few tables of a kind.
    public void refuse(String what) {
        problems.add(Position.START, what);
    }

    /// The file.
    public Path file() {
        return file;
    }

    /// Every problem on a line of its own, `FILE:LINE: key 'forward.batch' is 5000, allowed 1 to
    /// 500`, ascending by line. A key or table that was not asked for is a problem.
    public List<String> problems() {
        for (String key : root.keySet()) {
            if (!asked.contains(key)) {
                problems.add(positionOf(key), key, "is not known here" + meant(key, asked));
            }
        }
        sections.forEach(Section::reportUnknown);
        return problems.lines();
    }

    /// Ends the program if there is a problem; only after this may values be used.
    ///
    /// @throws CommandFailure CONFIG with every problem
    public void orFail() {
        List<String> lines = problems();
        if (!lines.isEmpty()) {
            throw refused(String.join(System.lineSeparator(), lines));
        }
    }

    static String meant(String written, Set<String> known) {
        return Suggestion.of(written, known)
                .map(word -> ": did you mean '" + word + "'?")
                .orElse(known.isEmpty() ? "" : ": known are " + String.join(", ", known));
    }

    Problems found() {
        return problems;
    }

    private Section remember(Section section) {
        sections.add(section);
        return section;
    }

    private Position positionOf(String key) {
        return Position.of(root.inputPositionOf(List.of(key)));
    }
}

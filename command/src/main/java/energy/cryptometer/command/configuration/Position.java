package energy.cryptometer.command.configuration;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/// A place in a file, counted from 1.
record Position(int line, int column) {
    static final Position START = new Position(1, 1);

    /// The start of the file for what stands nowhere in it.
    static Position of(@Nullable TomlPosition position) {
        return position == null ? START : new Position(position.line(), position.column());
    }
}

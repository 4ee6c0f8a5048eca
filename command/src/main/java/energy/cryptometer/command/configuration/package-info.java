/// TOML configuration, read once and typed, that names all of its problems at once with file and
/// line.
@NullMarked
package energy.cryptometer.command.configuration;

import org.jspecify.annotations.NullMarked;

/// SQLite in one small place: connection, pragmas, migrations, integrity check, quarantine.
@NullMarked
package energy.cryptometer.store;

import org.jspecify.annotations.NullMarked;

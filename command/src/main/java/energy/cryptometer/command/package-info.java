/// What every program's command line shares: exit codes of sysexits, one line for a failure, a
/// version, JSON on one line, progress on standard error.
@NullMarked
package energy.cryptometer.command;

import org.jspecify.annotations.NullMarked;

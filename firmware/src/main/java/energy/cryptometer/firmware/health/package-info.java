/// How the board is: its disk, its supply and its clock, in problems for people and events for the
/// ledger.
@NullMarked
package energy.cryptometer.firmware.health;

import org.jspecify.annotations.NullMarked;

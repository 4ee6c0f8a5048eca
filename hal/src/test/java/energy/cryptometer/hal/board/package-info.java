/// What the board itself says of its supply and of who sets its clock.
@NullMarked
package energy.cryptometer.hal.board;

import org.jspecify.annotations.NullMarked;

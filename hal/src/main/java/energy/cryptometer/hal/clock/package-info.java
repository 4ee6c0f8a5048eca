/// What time the board believes it is, and how well it knows: kernel boot time, boot id, wall time
/// and clock quality are always read together.
@NullMarked
package energy.cryptometer.hal.clock;

import org.jspecify.annotations.NullMarked;

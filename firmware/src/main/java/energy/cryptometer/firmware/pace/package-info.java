/// How fast a token signs, and what that means for a meter: which power it sustains, and how long
/// the backlog of a sunny day takes.
@NullMarked
package energy.cryptometer.firmware.pace;

import org.jspecify.annotations.NullMarked;

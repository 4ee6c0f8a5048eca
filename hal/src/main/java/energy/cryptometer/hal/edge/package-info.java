/// From the edges of a pulse line to pulses, as pure folds: no clock, no thread, no device. A day
/// of recorded edges replayed is a unit test.
@NullMarked
package energy.cryptometer.hal.edge;

import org.jspecify.annotations.NullMarked;

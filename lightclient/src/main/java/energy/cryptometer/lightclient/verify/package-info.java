/// What may be believed: pure functions from a trusted anchor, bytes of a stranger and a given time
/// to a verdict. No clock, no chance, no input or output, no floating point.
@NullMarked
package energy.cryptometer.lightclient.verify;

import org.jspecify.annotations.NullMarked;

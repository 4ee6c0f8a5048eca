/// The protocol as pure functions and values: no input or output, no threads, no clock, no floating
/// point.
@NullMarked
package energy.cryptometer.ledger;

import org.jspecify.annotations.NullMarked;

/// What a person at the cabinet sees and touches: the status LED, the tamper switch, the name of
/// the board. Patterns and debouncing are pure; lines are ports.
@NullMarked
package energy.cryptometer.hal.panel;

import org.jspecify.annotations.NullMarked;

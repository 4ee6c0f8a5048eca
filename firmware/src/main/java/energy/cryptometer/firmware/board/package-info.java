/// The running board: its meters, their stages, and what is looked at once a second: health,
/// events, status LED and watchdog.
@NullMarked
package energy.cryptometer.firmware.board;

import org.jspecify.annotations.NullMarked;

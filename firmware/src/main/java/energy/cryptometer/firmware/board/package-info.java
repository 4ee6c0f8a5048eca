/// The running board: one to four meters, the stages of each, and what watches over them.
@NullMarked
package energy.cryptometer.firmware.board;

import org.jspecify.annotations.NullMarked;

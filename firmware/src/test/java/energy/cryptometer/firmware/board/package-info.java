@NullMarked
package energy.cryptometer.firmware.board;

import org.jspecify.annotations.NullMarked;

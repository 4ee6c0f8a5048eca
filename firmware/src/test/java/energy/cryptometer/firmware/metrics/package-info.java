@NullMarked
package energy.cryptometer.firmware.metrics;

import org.jspecify.annotations.NullMarked;

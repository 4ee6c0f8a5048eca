/// Configurations, sound and otherwise.
@NullMarked
package energy.cryptometer.firmware.config;

import org.jspecify.annotations.NullMarked;

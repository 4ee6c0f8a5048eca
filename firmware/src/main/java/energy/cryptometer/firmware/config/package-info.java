/// The meter's configuration: one record, read once, that complains about everything at once.
@NullMarked
package energy.cryptometer.firmware.config;

import org.jspecify.annotations.NullMarked;

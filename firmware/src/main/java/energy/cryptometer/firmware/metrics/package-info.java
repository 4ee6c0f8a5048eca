/// The same numbers as the status, for Prometheus.
@NullMarked
package energy.cryptometer.firmware.metrics;

import org.jspecify.annotations.NullMarked;

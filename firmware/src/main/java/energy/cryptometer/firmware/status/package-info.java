/// How meters and board are: for people, as JSON, and for Prometheus.
@NullMarked
package energy.cryptometer.firmware.status;

import org.jspecify.annotations.NullMarked;

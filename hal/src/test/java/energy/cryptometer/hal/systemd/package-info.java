/// Tests of the service manager's protocol, against a receiver written in another language.
@NullMarked
package energy.cryptometer.hal.systemd;

import org.jspecify.annotations.NullMarked;

/// What the program and the service manager that started it tell each other (`sd_notify(3)`):
/// ready, alive, and which open files outlive the program.
@NullMarked
package energy.cryptometer.hal.systemd;

import org.jspecify.annotations.NullMarked;

/// The description of a community in TOML, read and checked as a whole before anything is made.
@NullMarked
package energy.cryptometer.provisioning.description;

import org.jspecify.annotations.NullMarked;

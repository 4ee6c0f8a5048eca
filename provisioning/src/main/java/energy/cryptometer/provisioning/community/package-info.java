/// Sets up a community: from a description in TOML to genesis, keys and ready configurations.
@NullMarked
package energy.cryptometer.provisioning.community;

import org.jspecify.annotations.NullMarked;

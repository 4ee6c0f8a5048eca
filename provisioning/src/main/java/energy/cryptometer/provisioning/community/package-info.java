/// Makes a community from its description: the keys, the signed genesis, and the configurations
/// that its meters and nodes start with.
@NullMarked
package energy.cryptometer.provisioning.community;

import org.jspecify.annotations.NullMarked;

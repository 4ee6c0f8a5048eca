/// New keys in files that only their owner may read.
@NullMarked
package energy.cryptometer.provisioning.key;

import org.jspecify.annotations.NullMarked;

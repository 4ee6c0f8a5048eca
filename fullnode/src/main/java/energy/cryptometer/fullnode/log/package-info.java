/// What the node tells its operator while it runs.
@NullMarked
package energy.cryptometer.fullnode.log;

import org.jspecify.annotations.NullMarked;

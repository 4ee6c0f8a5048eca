/// What the node answers over CoAP.
@NullMarked
package energy.cryptometer.fullnode.resource;

import org.jspecify.annotations.NullMarked;

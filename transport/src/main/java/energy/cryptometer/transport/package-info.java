/// CoAP client, server and resources as typed messages.
@NullMarked
package energy.cryptometer.transport;

import org.jspecify.annotations.NullMarked;

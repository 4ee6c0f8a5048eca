/// Handing over to nodes that refuse, lie, stay silent or do as they should.
@NullMarked
package energy.cryptometer.firmware.forward;

import org.jspecify.annotations.NullMarked;

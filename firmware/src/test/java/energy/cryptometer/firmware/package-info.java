/// A meter on a workbench: real journal, real nodes of the network, time as the test says.
@NullMarked
package energy.cryptometer.firmware;

import org.jspecify.annotations.NullMarked;

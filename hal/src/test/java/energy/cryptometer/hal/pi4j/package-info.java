/// Tests of what stands on Pi4J, with Pi4J's own mock provider below it.
@NullMarked
package energy.cryptometer.hal.pi4j;

import org.jspecify.annotations.NullMarked;

/// Tests of the pulse filter, on edges made by hand and by the million.
@NullMarked
package energy.cryptometer.hal.edge;

import org.jspecify.annotations.NullMarked;

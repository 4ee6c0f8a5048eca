/// Tests of the patterns and of debouncing.
@NullMarked
package energy.cryptometer.hal.panel;

import org.jspecify.annotations.NullMarked;

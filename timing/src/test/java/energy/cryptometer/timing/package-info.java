@NullMarked
package energy.cryptometer.timing;

import org.jspecify.annotations.NullMarked;

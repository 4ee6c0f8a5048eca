@NullMarked
package energy.cryptometer.bench.path;

import org.jspecify.annotations.NullMarked;

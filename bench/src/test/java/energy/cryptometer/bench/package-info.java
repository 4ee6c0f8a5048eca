/// What holds for the benchmarks without running them for minutes.
@NullMarked
package energy.cryptometer.bench;

import org.jspecify.annotations.NullMarked;

/// Benchmarks, and the table that sets each beside a program of another project measured in the
/// same run.
@NullMarked
package energy.cryptometer.bench;

import org.jspecify.annotations.NullMarked;

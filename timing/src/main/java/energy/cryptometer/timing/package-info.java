/// Time as an argument. What waits, tries again or looks at a clock is given a [TimeSource]; only
/// the programs name the machine's own ([SystemTime]). So the same code runs under virtual time.
@NullMarked
package energy.cryptometer.timing;

import org.jspecify.annotations.NullMarked;

/// Whole communities: the live demonstration of Table 1 with real processes, and the tests that
/// need more than one program.
@NullMarked
package energy.cryptometer.community;

import org.jspecify.annotations.NullMarked;

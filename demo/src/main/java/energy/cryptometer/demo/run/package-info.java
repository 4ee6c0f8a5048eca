/// Table 1 of the paper with real programs on loopback: set up, run, kill, and prove.
@NullMarked
package energy.cryptometer.demo.run;

import org.jspecify.annotations.NullMarked;

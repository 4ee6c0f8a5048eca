/// What is played, and the folder it is played in: keys, configurations, journals and logs.
@NullMarked
package energy.cryptometer.demo.scenario;

import org.jspecify.annotations.NullMarked;

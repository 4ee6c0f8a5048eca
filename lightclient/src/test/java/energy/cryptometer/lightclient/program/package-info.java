@NullMarked
package energy.cryptometer.lightclient.program;

import org.jspecify.annotations.NullMarked;

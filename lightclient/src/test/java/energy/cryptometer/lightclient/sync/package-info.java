@NullMarked
package energy.cryptometer.lightclient.sync;

import org.jspecify.annotations.NullMarked;

@NullMarked
package energy.cryptometer.lightclient.verify;

import org.jspecify.annotations.NullMarked;

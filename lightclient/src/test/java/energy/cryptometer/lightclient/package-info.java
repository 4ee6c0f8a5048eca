@NullMarked
package energy.cryptometer.lightclient;

import org.jspecify.annotations.NullMarked;

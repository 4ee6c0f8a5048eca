@NullMarked
package energy.cryptometer.transport.message;

import org.jspecify.annotations.NullMarked;

/// The program `lightclient`: what it is asked, and what it answers.
@NullMarked
package energy.cryptometer.lightclient.program;

import org.jspecify.annotations.NullMarked;

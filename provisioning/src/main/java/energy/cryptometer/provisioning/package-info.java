/// Community set-up, key enrolment, commissioning.
@NullMarked
package energy.cryptometer.provisioning;

import org.jspecify.annotations.NullMarked;

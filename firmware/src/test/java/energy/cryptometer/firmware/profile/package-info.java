/// Profiles: exact, repeatable, and strict about their files.
@NullMarked
package energy.cryptometer.firmware.profile;

import org.jspecify.annotations.NullMarked;

/// Verify (pure), sync (driver), command line: trusts no node.
@NullMarked
package energy.cryptometer.lightclient;

import org.jspecify.annotations.NullMarked;

/// The meter's journal: one file, one owner, four cursors. A pulse is durable here before anything
/// else happens to it; signing, forwarding and confirming share nothing else and start again from
/// their cursors: counted >= signed >= sent >= proven.
@NullMarked
package energy.cryptometer.firmware.journal;

import org.jspecify.annotations.NullMarked;

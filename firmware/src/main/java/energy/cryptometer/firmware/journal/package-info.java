/// The meter's journal: one file, one owner, four cursors. A pulse is durable here before anything
/// else happens to it; signing, forwarding and confirming share nothing else and start again from
/// their cursors: counted >= signed >= sent >= proven.
///
/// ```text
///     deleted      kept some days    to be proven    to be sent     to be signed
///     ---------|------------------|-------------|--------------|----------------|
///            pruned             proven         sent          signed          counted
/// ```
@NullMarked
package energy.cryptometer.firmware.journal;

import org.jspecify.annotations.NullMarked;

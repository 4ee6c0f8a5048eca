/// The driver of the light client: asks nodes, lets [energy.cryptometer.lightclient.verify] judge
/// what they say, and keeps what is trusted. All it touches stands behind two small interfaces: the
/// nodes and the store.
@NullMarked
package energy.cryptometer.lightclient.sync;

import org.jspecify.annotations.NullMarked;

/// CoAP client and server (RFC 7252, 7641, 7959, 6690) as values: no Californium type leaves here.
///
/// Californium is configured in code only; no `Californium3.properties` is read or written.
@NullMarked
package energy.cryptometer.transport;

import org.jspecify.annotations.NullMarked;

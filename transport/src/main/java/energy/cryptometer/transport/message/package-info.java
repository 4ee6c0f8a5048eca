/// What meters, light clients and nodes say to one another, typed: resource paths, messages, and a
/// client that gives values instead of bytes.
@NullMarked
package energy.cryptometer.transport.message;

import org.jspecify.annotations.NullMarked;

package energy.cryptometer.transport;

import java.util.Optional;
import java.util.OptionalInt;

/// What `/.well-known/core` says about a resource (RFC 6690).
///
/// @param title one line for people
/// @param resourceType what it is (`rt`)
/// @param interfaceType how to use it (`if`)
/// @param contentFormat the format it is given in (`ct`)
/// @param maxSize bytes to expect at most (`sz`)
/// @param observable whether it can be observed (`obs`, RFC 7641)
public record ResourceAttributes(
        String title,
        Optional<String> resourceType,
        Optional<String> interfaceType,
        OptionalInt contentFormat,
        OptionalInt maxSize,
        boolean observable) {

    /// A resource of which only the title is known.
    public static ResourceAttributes titled(String title) {
        return new ResourceAttributes(
                title,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false);
    }

    /// The same with `rt`.
    public ResourceAttributes type(String resourceType) {
        return new ResourceAttributes(
                title,
                Optional.of(resourceType),
                interfaceType,
                contentFormat,
                maxSize,
                observable);
    }

    /// The same with `if`.
    public ResourceAttributes usedAs(String interfaceType) {
        return new ResourceAttributes(
                title,
                resourceType,
                Optional.of(interfaceType),
                contentFormat,
                maxSize,
                observable);
    }

    /// The same with `ct`.
    public ResourceAttributes format(int contentFormat) {
        return new ResourceAttributes(
                title,
                resourceType,
                interfaceType,
                OptionalInt.of(contentFormat),
                maxSize,
                observable);
    }

    /// The same with `sz`.
    public ResourceAttributes atMost(int bytes) {
        return new ResourceAttributes(
                title,
                resourceType,
                interfaceType,
                contentFormat,
                OptionalInt.of(bytes),
                observable);
    }

    /// The same with `obs`.
    public ResourceAttributes canBeObserved() {
        return new ResourceAttributes(
                title, resourceType, interfaceType, contentFormat, maxSize, true);
    }
}

/// What a pulse costs on its whole way: a meter and a node, each in a process of its own, under a
/// clock that the measurement moves, with CoAP between them and both stores on the disk.
@NullMarked
package energy.cryptometer.bench.path;

import org.jspecify.annotations.NullMarked;

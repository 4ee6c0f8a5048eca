/// Makes and shows the keys of meters, nodes and participants, in tokens and in files.
@NullMarked
package energy.cryptometer.provisioning.key;

import org.jspecify.annotations.NullMarked;

/// Kinds of meters: one data file each (`models.txt` and `*.meter`, found beside these classes),
/// how the words of a register become exact milliwatt-hours, and which kind a meter on a line is.
@NullMarked
package energy.cryptometer.hal.meter.model;

import org.jspecify.annotations.NullMarked;

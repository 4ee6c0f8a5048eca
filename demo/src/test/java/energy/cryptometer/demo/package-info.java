/// What holds for the house as a whole, and what needs more than one program to show.
@NullMarked
package energy.cryptometer.demo;

import org.jspecify.annotations.NullMarked;

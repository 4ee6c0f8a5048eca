package energy.cryptometer.hal.pi4j;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import energy.cryptometer.hal.panel.Led;

/// An LED at a digital output of Pi4J.
record Pi4jLed(DigitalOutput output, DigitalState lit, String where) implements Led {
    @Override
    public void set(boolean on) {
        try {
            DigitalOutput _ = output.state(on ? lit : DigitalState.getInverseState(lit));
        } catch (IOException e) {
            throw new Pi4jException("LED at " + where + " cannot be set: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            output.close();
        } catch (Pi4JException _) {
            // gone already: the board was closed, or the chip is away
        }
    }
}

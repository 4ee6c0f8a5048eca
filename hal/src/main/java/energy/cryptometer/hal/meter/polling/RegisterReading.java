package energy.cryptometer.hal.meter.polling;

import energy.cryptometer.hal.clock.BoardClock;

/// What a total register showed.
///
/// @param milliwattHours the register
/// @param resolution the smallest step it can show there, in milliwatt-hours
/// @param at when it was read
public record RegisterReading(long milliwattHours, long resolution, BoardClock.Reading at) {}

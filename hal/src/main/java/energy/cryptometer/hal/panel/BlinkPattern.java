package energy.cryptometer.hal.panel;

/// When the LED is lit: a pure function of time, in milliseconds since any moment, of the LED code
/// in `hardware-notes/enclosure-and-seals.md`.
///
/// - counting: half a second lit, half a second dark; each pulse inverts it for 50 ms
/// - not connected: two flashes of 100 ms, 200 ms apart, every 2 s
/// - key fault: 100 ms lit, 100 ms dark
/// - not counting: lit
final class BlinkPattern {
    /// How long a pulse inverts the light.
    static final long FLASH_MILLIS = 50;

    private static final long SLOW_PERIOD = 1_000;
    private static final long FAST_PERIOD = 200;
    private static final long DOUBLE_PERIOD = 2_000;
    private static final long SHORT = 100;
    private static final long SECOND_FLASH = 300;

    private BlinkPattern() {}

    /// Whether the LED is lit.
    ///
    /// @param sincePulse milliseconds since the last pulse; negative when there was none yet
    static boolean isLit(Signal signal, long millis, long sincePulse) {
        return switch (signal) {
            case NOT_COUNTING -> true;
            case KEY_FAULT -> Math.floorMod(millis, FAST_PERIOD) < FAST_PERIOD / 2;
            case NOT_CONNECTED -> {
                long phase = Math.floorMod(millis, DOUBLE_PERIOD);
                yield phase < SHORT || (phase >= SECOND_FLASH && phase < SECOND_FLASH + SHORT);
            }
            case COUNTING -> {
                boolean slow = Math.floorMod(millis, SLOW_PERIOD) < SLOW_PERIOD / 2;
                boolean flash = sincePulse >= 0 && sincePulse < FLASH_MILLIS;
                yield slow != flash;
            }
        };
    }

    /// In how many milliseconds the light can change next by time alone, 1 to 50. All times of the
    /// code are multiples of 50 ms.
    static long untilNext(long millis, long sincePulse) {
        long step = FLASH_MILLIS - Math.floorMod(millis, FLASH_MILLIS);
        return sincePulse >= 0 && sincePulse < FLASH_MILLIS
                ? Math.min(step, FLASH_MILLIS - sincePulse)
                : step;
    }
}

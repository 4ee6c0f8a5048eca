package energy.cryptometer.firmware.sign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What waits for the token, and how the token keeps up, at one moment.
///
/// @param unsigned pulses that are counted and not signed
/// @param oldest how long the oldest capture that is not signed has waited; empty when none waits
/// @param lastSignature how long the last signature took; empty before the first
/// @param underWay how long the signature that is being made has taken so far; empty while the
///   token is idle. One that only grows is a token that hangs: nothing but a new start of the
///   program ends such a call
/// @param transactionsPerSecond how fast the token made the last 32 signatures; 0 before the first
/// @param pulsesPerTransaction 1, or more while a backlog is bundled
public record SigningQueue(
        long unsigned,
        Optional<Duration> oldest,
        Optional<Duration> lastSignature,
        Optional<Duration> underWay,
        BigDecimal transactionsPerSecond,
        int pulsesPerTransaction) {}

package energy.cryptometer.firmware.journal;

import energy.cryptometer.ledger.unit.MarketStep;

/// Transactions of one market step that are not proven yet.
///
/// @param range from the first to the last of them
/// @param transactions how many there are
public record StepSequences(MarketStep step, SequenceRange range, long transactions) {}

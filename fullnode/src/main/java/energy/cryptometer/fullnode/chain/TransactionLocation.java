package energy.cryptometer.fullnode.chain;

import energy.cryptometer.ledger.unit.Height;

/// Where an approved transaction stands.
///
/// @param leaf its place among the leaves of the block's tree
public record TransactionLocation(Height height, long leaf) {}

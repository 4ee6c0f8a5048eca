package energy.cryptometer.ledger.rule;

import energy.cryptometer.ledger.vrf.VrfSecretKey;

/// A node that proposes.
///
/// @param node its index in the node set
/// @param lottery proves its random numbers
public record Proposer(int node, VrfSecretKey lottery) {}

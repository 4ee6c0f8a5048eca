package energy.cryptometer.fullnode.voting;

import energy.cryptometer.ledger.key.Signer;
import energy.cryptometer.ledger.vrf.VrfSecretKey;
import java.util.Optional;

/// What a node signs with.
///
/// @param index of the node in the node set
/// @param node signs votes
/// @param lottery proves its random numbers
/// @param plant signs allocations, if this node does that for the virtual power plant
public record NodeSigners(int index, Signer node, VrfSecretKey lottery, Optional<Signer> plant) {}

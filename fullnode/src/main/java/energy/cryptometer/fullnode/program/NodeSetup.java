package energy.cryptometer.fullnode.program;

import energy.cryptometer.fullnode.node.NodeLimits;
import energy.cryptometer.fullnode.voting.NodeSigners;
import energy.cryptometer.ledger.community.Genesis;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Everything a node is made of, read and checked.
///
/// @param signedGenesis the genesis as its authority signed it
/// @param store the one SQLite file
/// @param listen where CoAP is answered; port 0 takes any free one
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record NodeSetup(
        Genesis genesis,
        byte[] signedGenesis,
        Path store,
        InetSocketAddress listen,
        NodeSigners keys,
        NodeLimits limits) {}

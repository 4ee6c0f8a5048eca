package energy.cryptometer.lightclient.verify;

import energy.cryptometer.ledger.block.SignedHeader;

/// Two headers that both carry the certificate of a quorum and cannot both be true: of one height,
/// or one that follows another history than ours. Whoever signed both has lied.
///
/// @param ours the one that was trusted first
public record Evidence(SignedHeader ours, SignedHeader theirs) {}

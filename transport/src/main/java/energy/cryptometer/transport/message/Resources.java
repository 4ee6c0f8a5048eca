package energy.cryptometer.transport.message;

/// The CoAP resources of a community node: paths as the client takes them. Heights and counts are
/// decimal, hashes and key ids lowercase hexadecimal.
public final class Resources {
    /// `POST` a [energy.cryptometer.ledger.transaction.Batch]; 2.04 means it is on disk.
    public static final String SUBMIT = "/tx";

    /// `GET` (observable) the newest approved header with its certificate.
    public static final String HEAD = "/head";

    /// `GET ?from=H&count=N`: approved headers, ascending.
    public static final String HEADERS = "/headers";

    /// `GET ?height=H`: a whole block.
    public static final String BLOCK = "/block";

    /// `GET ?signer=KEYID`: where a sender's chain stands.
    public static final String CHAIN = "/chain";

    /// `GET ?id=HASH`: a proof that a transaction stands in a block.
    public static final String TRANSACTION_PROOF = "/proof/tx";

    /// `GET ?signer=KEYID&height=H`: range proofs of all its transactions in a block.
    public static final String CHAIN_PROOFS = "/proof/chain";

    /// `GET ?height=H&head=H`: a proof that an older header belongs to a newer one's history.
    public static final String HEADER_PROOF = "/proof/header";

    /// `GET ?account=HASH&height=H`: an account as it stood after a block, proven.
    public static final String ACCOUNT = "/state";

    /// `GET` the signed genesis.
    public static final String GENESIS = "/genesis";

    /// `GET` how the node is, as JSON.
    public static final String HEALTH = "/health";

    /// Most headers in one answer.
    public static final int MAX_HEADERS = 64;

    /// Largest batch a node accepts, in bytes.
    public static final int MAX_SUBMISSION_BYTES = 64 * 1024;

    private Resources() {}
}

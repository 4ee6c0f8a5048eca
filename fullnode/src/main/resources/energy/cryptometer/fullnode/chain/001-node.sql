-- Whose chain this is: SHA-256 of the genesis payload, and the genesis as its authority signed it.
CREATE TABLE community (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    genesis BLOB NOT NULL
) STRICT;

-- Approved headers with their certificates. Rows are only ever added.
CREATE TABLE header (
    height      INTEGER PRIMARY KEY CHECK (height > 0),
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    header      BLOB NOT NULL,
    certificate BLOB NOT NULL
) STRICT;

CREATE TABLE body (
    height INTEGER PRIMARY KEY REFERENCES header (height),
    bytes  BLOB NOT NULL
) STRICT;

-- State leaves that a block changed. The newest at or below a height is the leaf at that height.
CREATE TABLE leaf (
    account BLOB NOT NULL CHECK (length(account) = 32),
    height  INTEGER NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (account, height)
) STRICT, WITHOUT ROWID;

-- Where a transaction stands: its block and its place among the leaves of the block's tree.
CREATE TABLE entry (
    id     BLOB PRIMARY KEY CHECK (length(id) = 32),
    height INTEGER NOT NULL,
    leaf   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which piece of a sender's chain stands in which block.
CREATE TABLE piece (
    signer BLOB NOT NULL CHECK (length(signer) = 8),
    height INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL CHECK (last >= first),
    PRIMARY KEY (signer, height)
) STRICT, WITHOUT ROWID;

-- Acknowledged, not yet in a block: pieces of senders' chains in their wire form.
CREATE TABLE pending (
    signer BLOB NOT NULL CHECK (length(signer) = 8),
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL CHECK (last >= first),
    batch  BLOB NOT NULL,
    UNIQUE (signer, first)
) STRICT;

-- What this node signs, written before it signs: one value for one height, round and type, for ever. No hash is a
-- vote for nil.
CREATE TABLE vote (
    height INTEGER NOT NULL CHECK (height > 0),
    round  INTEGER NOT NULL CHECK (round >= 0),
    type   INTEGER NOT NULL CHECK (type IN (1, 2)),
    hash   BLOB CHECK (length(hash) = 32),
    PRIMARY KEY (height, round, type)
) STRICT, WITHOUT ROWID;

-- Blocks voted for, until one is approved at their height: after a crash they can still be approved.
CREATE TABLE proposal (
    height INTEGER NOT NULL,
    round  INTEGER NOT NULL,
    header BLOB NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (height, round)
) STRICT;

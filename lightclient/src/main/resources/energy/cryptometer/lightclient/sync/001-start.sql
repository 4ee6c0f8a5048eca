-- The trusted end of one chain. At most one row.
CREATE TABLE chain (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    genesis BLOB    NOT NULL,            -- 32 bytes: which community this file belongs to
    height  INTEGER NOT NULL,            -- of the trusted header
    signed  BLOB    NOT NULL,            -- the trusted header with its certificate
    earlier BLOB    NOT NULL             -- peaks of the tree over genesis and all earlier headers
) STRICT;

-- Verified headers with their certificates.
CREATE TABLE header (
    height INTEGER PRIMARY KEY,
    signed BLOB    NOT NULL
) STRICT;

-- Two certified headers that cannot both be true. A row here freezes the file for good.
CREATE TABLE evidence (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    ours   BLOB NOT NULL,
    theirs BLOB NOT NULL
) STRICT;

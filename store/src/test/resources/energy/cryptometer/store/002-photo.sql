CREATE TABLE photo (
    pulse INTEGER NOT NULL REFERENCES pulse (sequence),
    image BLOB NOT NULL
) STRICT;
